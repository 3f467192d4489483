using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Sessions;

/// <summary>A session of the Assembly: an emergency special one, `es-10`; others come with the record's import.</summary>
public sealed record Session
{
    /// <summary>Its id: `es-10`; of regular sessions the number, `78`; of special ones `s-10`.</summary>
    public required string Id { get; init; }

    /// <summary>Its number among its kind.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is an emergency special session (Uniting for Peace, resolution 377 A (V)).</summary>
    public required bool Emergency { get; init; }

    /// <summary>The day of its first meeting; of a session that came with an import, of the first vote known of it.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The day it was closed; null where it is adjourned and can be resumed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string? CalledBy { get; init; }

    /// <summary>Why no vote can be on that day; null where one can. Of imported sessions it is not known when they opened.</summary>
    internal string? Excludes(DateOnly? day) =>
        Emergency && day < OpenedOn ? $"must not be before the session, which opened on {OpenedOn:O}"
        : day > ClosedOn ? $"must not be after the session, which was closed on {ClosedOn:O}"
        : null;

    internal const string Columns = "id, number, emergency, opened_on, closed_on, subject, called_by";

    internal static async Task<Session?> Find(DbConnection connection, string id) =>
        await connection.QuerySingleOrDefaultAsync<Session>(
            $"SELECT {Columns} FROM session WHERE id = @id",
            new { id }
        );
}
