namespace VoteTracker.Database;

/// <summary>The kind of a database failure.</summary>
internal enum DbFailure
{
    /// <summary>The statement failed, for example because of a constraint.</summary>
    Statement,

    /// <summary>The transaction conflicted with another one. A retry may succeed.</summary>
    Conflict,

    /// <summary>A resource, a lock or the connection is not available. A later retry may succeed.</summary>
    Busy,

    /// <summary>The disk or the file failed. Nothing that is written afterwards can be trusted.</summary>
    Disk,
}
