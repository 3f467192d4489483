namespace VoteTracker.Database.Files;

/// <summary>What a SQLite file has, after all of it was read.</summary>
internal sealed record FileReport
{
    /// <summary>Why the file cannot be used, in sentences; empty if it can.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>The version of its schema; 0 if it could not be read.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>The number of its tables.</summary>
    public int Tables { get; init; }

    /// <summary>The number of the rows of all its tables.</summary>
    public long Rows { get; init; }

    /// <summary>A report of faults.</summary>
    public static FileReport Faulty(params IReadOnlyList<string> faults) => new() { Faults = faults };
}
