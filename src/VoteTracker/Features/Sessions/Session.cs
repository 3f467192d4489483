using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Sessions;

/// <summary>A session of the Assembly: an emergency special one, `es-10`.</summary>
public sealed record Session
{
    /// <summary>Its id: `es-10`; of regular sessions the number, `78`.</summary>
    public required string Id { get; init; }

    /// <summary>Its number among its kind.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is an emergency special session (Uniting for Peace, resolution 377 A (V)).</summary>
    public required bool Emergency { get; init; }

    /// <summary>The day of its first meeting.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The day it was closed; null where it is adjourned and can be resumed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string? CalledBy { get; init; }

    internal const string Columns = "id, number, emergency, opened_on, closed_on, subject, called_by";

    internal static async Task<Session?> Find(DbConnection connection, string id) =>
        await connection.QuerySingleOrDefaultAsync<Session>(
            $"SELECT {Columns} FROM session WHERE id = @id",
            new { id }
        );
}
