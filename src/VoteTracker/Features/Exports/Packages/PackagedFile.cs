using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>A table in a data package: its description, and the length, hash and number of rows of its file.</summary>
internal sealed record PackagedFile(Table Table, long Bytes, string Sha256, long Rows)
{
    public string Path => $"{Table.Name}.csv";
}
