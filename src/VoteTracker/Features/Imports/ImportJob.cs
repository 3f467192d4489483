using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>An import that is asked for: the file, who asks for it and how, and how far it is.</summary>
internal sealed class ImportJob(string id, bool strict, Caller caller, DateTimeOffset begunAt, HashingStream file)
{
    private long _read;
    private long _lines;

    public string Id => id;

    public bool Strict => strict;

    public Caller Caller => caller;

    public DateTimeOffset BegunAt => begunAt;

    public HashingStream File => file;

    public long Bytes { get; } = file.Length;

    /// <summary>What the file is known by, as soon as all of it was read once.</summary>
    public string? Sha256 { get; set; }

    /// <summary>How far it is.</summary>
    public ImportProgress Progress =>
        new()
        {
            Bytes = Bytes,
            BytesRead = Volatile.Read(ref _read),
            Lines = Volatile.Read(ref _lines),
        };

    /// <summary>Says how far it is.</summary>
    public void Tell(long bytesRead, long lines)
    {
        Volatile.Write(ref _read, bytesRead);
        Volatile.Write(ref _lines, lines);
    }

    /// <summary>The import as it is while it runs.</summary>
    public Import Running =>
        new()
        {
            Id = Id,
            Status = ImportStatus.Running,
            Strict = Strict,
            BegunAt = BegunAt,
            BegunBy = Caller.Label,
            EndedAt = null,
            Progress = Progress,
            Report = null,
        };
}
