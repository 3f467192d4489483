namespace VoteTracker.Database;

/// <summary>
/// Whether the storage of the database can be trusted. The first fault stops all writing until the service is started
/// again: what is written after it may be lost.
/// </summary>
internal sealed class DiskFaults
{
    /// <summary>When to try again. Only a restart ends the fault, which takes an operator or a supervisor about as long.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private string? _fault;

    /// <summary>Why nothing is written any more, for the problem of a 503; null while writing goes on.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Stops writing. The first reason stays.</summary>
    public StorageFaultException Stop(string fault, Exception? cause = null)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        return new StorageFaultException(Fault!, cause);
    }
}

/// <summary>The files of the database cannot be trusted any more; a 503 for reads and writes.</summary>
internal sealed class StorageFaultException(string message, Exception? inner = null)
    : WriteUnavailableException(message, DiskFaults.RetryAfter, inner);
