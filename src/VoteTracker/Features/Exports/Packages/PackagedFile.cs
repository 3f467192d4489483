using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>A table in a data package: its description, how long its file is, and what the file's content hashes to.</summary>
internal sealed record PackagedFile(Table Table, long Bytes, string Sha256, long Rows)
{
    public string Path => $"{Table.Name}.csv";
}
