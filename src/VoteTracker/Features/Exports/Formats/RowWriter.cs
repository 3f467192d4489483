namespace VoteTracker.Features.Exports.Formats;

/// <summary>Writes a table row by row.</summary>
internal interface IRowWriter<in TRow> : IDisposable
{
    /// <summary>What stands before the first row: the header is there also where no row is.</summary>
    void Start();

    void Write(TRow row);

    /// <summary>What stands after the last row.</summary>
    void Finish();
}
