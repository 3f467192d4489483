namespace VoteTracker.Database.Audit;

/// <summary>What an entry of the audit records, before it is a link of the chain.</summary>
internal sealed record AuditEntry
{
    /// <summary>The word for a write.</summary>
    public const string Write = "write";

    /// <summary>The word for the deletion of old entries.</summary>
    public const string Retention = "retention";

    /// <summary>The author of what the service does by itself.</summary>
    public const string Service = "service";

    /// <summary>The kind of the entry: a word such as `write`.</summary>
    public required string Action { get; init; }

    /// <summary>The method and the route, or the name of a command. It has no data of a request.</summary>
    public required string Operation { get; init; }

    /// <summary>The id of a key, or a word or label for an author without one.</summary>
    public required string Author { get; init; }

    /// <summary>The ids in the address and of what was created, as in a query string. Null if there are none.</summary>
    public string? Target { get; init; }

    /// <summary>The address of the client. Null if there is no client.</summary>
    public string? Address { get; init; }

    /// <summary>The number of requests that the entry counts.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The moment. Set when the entry is committed.</summary>
    public DateTimeOffset At { get; init; }
}
