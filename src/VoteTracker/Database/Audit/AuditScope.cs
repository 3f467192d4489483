namespace VoteTracker.Database.Audit;

/// <summary>
/// The author of the writes that run in it: a request, a command or a job. <see cref="Db.Write{T}(Func{Write, Task{T}})"/>
/// finds it, so no endpoint passes it. An asynchronous method keeps its scope across its awaits.
/// </summary>
/// <remarks>Only requests that write have one. A poll has none, because an execution context of its own costs time.</remarks>
internal abstract class AuditScope
{
    private static readonly AsyncLocal<AuditScope?> Active = new();

    private volatile bool _hasEnded;

    /// <summary>The scope of the running method; null without one, and after the scope has ended.</summary>
    public static AuditScope? Current => Active.Value is { _hasEnded: false } scope ? scope : null;

    /// <summary>Begins the scope of the calling method, and of what it calls.</summary>
    public static void Begin(AuditScope scope) => Active.Value = scope;

    /// <summary>Ends the scope, also for background work that it started.</summary>
    public void End() => _hasEnded = true;

    /// <summary>The entry of a write; null if it has none.</summary>
    /// <param name="write">The write.</param>
    /// <param name="result">What it returned.</param>
    public abstract AuditEntry? CreateEntry(Write write, object? result);

    /// <summary>The write is committed, with its entry.</summary>
    public abstract void OnCommitted();

    /// <summary>The entry of a write of a command or a job.</summary>
    public static AuditEntry Create(Write write, string author, string operation) =>
        new()
        {
            Action = write.AuditAction ?? AuditEntry.Write,
            Operation = operation,
            Author = author,
            Target = write.AuditTarget,
            Count = write.AuditCount,
            At = write.Now,
        };
}

/// <summary>The scope of a command or a job of the service. Each of its writes has an entry.</summary>
/// <param name="author">`service`, or the command such as `command key add`.</param>
/// <param name="operation">What it does, in a few words.</param>
internal sealed class ServiceScope(string author, string operation) : AuditScope
{
    /// <inheritdoc/>
    public override AuditEntry CreateEntry(Write write, object? result) => Create(write, author, operation);

    /// <inheritdoc/>
    public override void OnCommitted() { }
}

/// <summary>The scope of bookkeeping: writes without an entry.</summary>
internal sealed class UnauditedScope : AuditScope
{
    public static readonly UnauditedScope Instance = new();

    /// <inheritdoc/>
    public override AuditEntry? CreateEntry(Write write, object? result) => null;

    /// <inheritdoc/>
    public override void OnCommitted() { }
}
