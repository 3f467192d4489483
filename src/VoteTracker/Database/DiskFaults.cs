namespace VoteTracker.Database;

/// <summary>
/// The faults of the storage. The first fault stops all writing until the service is restarted, because later writes could
/// be lost.
/// </summary>
internal sealed class DiskFaults
{
    /// <summary>When to retry. Only a restart ends the fault, which takes an operator or a supervisor about as long.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private string? _fault;

    /// <summary>Why writing is stopped, for the problem of a 503; null while it is not.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Stops writing. The first fault is kept.</summary>
    public StorageFaultException Stop(string fault, Exception? cause = null)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        return new StorageFaultException(Fault!, cause);
    }
}

/// <summary>The files of the database cannot be trusted. Reads and writes return a 503.</summary>
internal sealed class StorageFaultException(string message, Exception? inner = null)
    : WriteUnavailableException(message, DiskFaults.RetryAfter, inner);
