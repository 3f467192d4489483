namespace VoteTracker.Database.Inspection;

/// <summary>The files of a SQLite database, and the disk that they are on.</summary>
internal sealed record FileState
{
    public required string Path { get; init; }

    /// <summary>Whether the database file exists.</summary>
    public required bool Exists { get; init; }

    /// <summary>Whether this user can create files in its folder.</summary>
    public required bool IsFolderWritable { get; init; }

    /// <summary>Whether this user can write to all of its files.</summary>
    public bool IsWritable { get; init; }

    /// <summary>Its files that other users can read.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>The bytes of the database file.</summary>
    public long Length { get; init; }

    /// <summary>The bytes of its write-ahead log.</summary>
    public long LogLength { get; init; }

    /// <summary>The free bytes of the disk for this user; null if they are unknown.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>What `PRAGMA quick_check` found; empty if the pages are in order or could not be read.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];
}
