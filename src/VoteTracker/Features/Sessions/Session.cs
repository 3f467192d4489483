using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>A session of the Assembly: an emergency special, a special or a regular one.</summary>
public sealed record Session
{
    /// <summary>Its id: `es-10`; of regular sessions the number, `78`; of special ones `s-10`.</summary>
    public required string Id { get; init; }

    /// <summary>Its number among its kind.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is an emergency special session (Uniting for Peace, resolution 377 A (V)).</summary>
    public required bool Emergency { get; init; }

    /// <summary>The day of its first meeting; null where it is not known.</summary>
    public required DateOnly? OpenedOn { get; init; }

    /// <summary>The day it was closed; null where it is not known, or the session is adjourned and can be resumed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string? CalledBy { get; init; }

    internal const string Columns = "id, number, emergency, opened_on, closed_on, subject, called_by";

    /// <summary>A session of which only the name is known.</summary>
    internal static Session FromName(SessionName name) =>
        new()
        {
            Id = name.Id,
            Number = name.Number,
            Emergency = name.Emergency,
            OpenedOn = null,
            ClosedOn = null,
            Subject = name.Subject,
            CalledBy = null,
        };

    /// <summary>Every regular session, from the first to the one that opens next September.</summary>
    internal static IEnumerable<Session> Regular(DateTimeOffset now) =>
        Enumerable.Range(1, LastRegular(now)).Select(number => FromName(SessionName.OfNumber(number)));

    /// <summary>
    /// One session: of the database, or a regular one, which exists without a row. Null if there is no such session.
    /// </summary>
    internal static async Task<Session?> Find(DbConnection connection, string id, DateTimeOffset now) =>
        await connection.QuerySingleOrDefaultAsync<Session>($"SELECT {Columns} FROM session WHERE id = @id", new { id })
        ?? (
            SessionName.Parse(id) is { Regular: true } name && name.Id == id && name.Number <= LastRegular(now)
                ? FromName(name)
                : null
        );

    /// <summary>The message about an id that no session has.</summary>
    internal static async Task<string> NoSession(DbConnection connection, string id) =>
        WrongWord.Describe(
            "must be the id of a session, such as es-10 or 81; they are listed at /v1/sessions?all=true",
            id,
            ClosestName.Find(id, await connection.QueryAsync<string>("SELECT id FROM session ORDER BY id"))
        );

    /// <summary>Those of the database: the ones of a release, and those that a resolution belongs to.</summary>
    internal static Task<IEnumerable<Session>> List(DbConnection connection) =>
        connection.QueryAsync<Session>($"SELECT {Columns} FROM session");

    /// <summary>Inserts a session that a resolution belongs to, unless it is there; the number of rows.</summary>
    internal static Task<int> Insert(DbConnection connection, Session session) =>
        connection.ExecuteAsync(
            """
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject, called_by)
            VALUES (@Id, @Number, @Emergency, @OpenedOn, @ClosedOn, @Subject, @CalledBy)
            ON CONFLICT (id) DO NOTHING
            """,
            session
        );

    /// <summary>Why no vote can be on that day; null where one can, or the session's dates are not known.</summary>
    internal string? Excludes(DateOnly? day) =>
        Emergency && day < OpenedOn ? $"must not be before the session, which opened on {OpenedOn:O}"
        : day > ClosedOn ? $"must not be after the session, which was closed on {ClosedOn:O}"
        : null;

    // A session opens each September; that of 1946 was the first one, in two parts. The days of the openings are not
    // derived: the rule changed over the years (rule 1).
    private static int LastRegular(DateTimeOffset now)
    {
        const int firstYear = 1946;
        const int september = 9;
        var today = NewYork.DayOf(now);
        return today.Year + (today.Month < september ? 0 : 1) - firstYear + 1;
    }
}
