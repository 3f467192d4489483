namespace VoteTracker.Features.Exports.Formats;

/// <summary>Writes a table row by row.</summary>
internal interface IRowWriter<in TRow> : IDisposable
{
    /// <summary>Writes what comes before the first row. A table without rows has a header, too.</summary>
    void Start();

    void Write(TRow row);

    /// <summary>Writes what comes after the last row.</summary>
    void Finish();
}
