namespace VoteTracker.Database.Inspection;

/// <summary>A PostgreSQL server, and what the role of the service may do there.</summary>
internal sealed record ServerState
{
    /// <summary>The version as a number: 150004 is 15.4.</summary>
    public required int Version { get; init; }

    /// <summary>The encoding of the database.</summary>
    public required string Encoding { get; init; }

    /// <summary>Whether it rejects writes: a standby, or read-only.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>Whether a commit is on disk when it returns: the parameters that prevent it.</summary>
    public required IReadOnlyList<string> UnsafeParameters { get; init; }

    /// <summary>The role of the service.</summary>
    public required string Role { get; init; }

    public required bool IsSuperuser { get; init; }

    /// <summary>Whether the role can create tables, which a migration needs.</summary>
    public required bool CanCreate { get; init; }

    /// <summary>The tables that the role cannot read, or to which it cannot add rows.</summary>
    public required IReadOnlyList<string> ForbiddenTables { get; init; }

    /// <summary>The clock of the server.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When <see cref="Now"/> was read, by the clock of this machine: halfway through the request.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether the connection is encrypted, or stays on this machine.</summary>
    public required bool IsConnectionPrivate { get; init; }

    /// <summary>The standbys that the role may see.</summary>
    public required IReadOnlyList<Standby> Standbys { get; init; }
}

/// <summary>A standby server.</summary>
internal sealed record Standby
{
    public string Name { get; init; } = "";

    /// <summary>`streaming` if it receives the log.</summary>
    public string State { get; init; } = "";

    /// <summary>How long its state is behind, in seconds.</summary>
    public double LagSeconds { get; init; }
}
