using System.Diagnostics.CodeAnalysis;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>An import: the file, the caller, the options and the progress.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer or a linked token holds nothing.")]
internal sealed class ImportJob(string id, bool strict, Caller caller, DateTimeOffset begunAt, HashingStream file)
{
    private readonly CancellationTokenSource _cancelled = new();
    private long _read;
    private long _lines;

    public string Id => id;

    /// <summary>Signals that the import was cancelled.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    public bool Strict => strict;

    public Caller Caller => caller;

    public DateTimeOffset BegunAt => begunAt;

    public HashingStream File => file;

    public long Bytes { get; } = file.Length;

    /// <summary>The hash of the file, once all of it has been read.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The progress.</summary>
    public ImportProgress Progress =>
        new()
        {
            Bytes = Bytes,
            BytesRead = Volatile.Read(ref _read),
            Lines = Volatile.Read(ref _lines),
        };

    /// <summary>Requests that it stops.</summary>
    public void Cancel() => _cancelled.Cancel();

    /// <summary>Updates the progress.</summary>
    public void ReportProgress(long bytesRead, long lines)
    {
        Volatile.Write(ref _read, bytesRead);
        Volatile.Write(ref _lines, lines);
    }

    /// <summary>The import while it runs.</summary>
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

/// <summary>The import was cancelled before it was committed. Thrown inside the write, so that it is rolled back.</summary>
internal sealed class ImportCancelled : Exception;
