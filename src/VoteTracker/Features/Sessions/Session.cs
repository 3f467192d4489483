using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>An emergency special, special or regular session of the Assembly.</summary>
public sealed record Session
{
    /// <summary>Its id: `es-10`, `s-10` for a special session, or the number of a regular session, `78`.</summary>
    public required string Id { get; init; }

    /// <summary>Its number among the sessions of its kind.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is an emergency special session (Uniting for Peace, resolution 377 A (V)).</summary>
    public required bool Emergency { get; init; }

    /// <summary>The day of its first meeting; null if it is not known.</summary>
    public required DateOnly? OpenedOn { get; init; }

    /// <summary>The day it was closed; null if it is not known, or the session is adjourned and can be resumed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The body or states that requested it.</summary>
    public required string? CalledBy { get; init; }

    internal const string Columns = "id, number, emergency, opened_on, closed_on, subject, called_by";

    /// <summary>Creates a session from its name, without dates.</summary>
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

    /// <summary>Lists every regular session, from the first to the one that opens next September.</summary>
    internal static IEnumerable<Session> ListRegular(DateTimeOffset now) =>
        Enumerable.Range(1, LastRegular(now)).Select(number => FromName(SessionName.FromNumber(number)));

    /// <summary>Finds a session; null if there is none. Regular sessions exist without a row in the database.</summary>
    internal static async Task<Session?> Find(DbConnection connection, string id, DateTimeOffset now) =>
        await connection.QuerySingleOrDefaultAsync<Session>($"SELECT {Columns} FROM session WHERE id = @id", new { id })
        ?? (
            SessionName.Parse(id) is { Regular: true } name && name.Id == id && name.Number <= LastRegular(now)
                ? FromName(name)
                : null
        );

    /// <summary>Describes an id that no session has, with the closest id.</summary>
    internal static async Task<string> DescribeUnknown(DbConnection connection, string id) =>
        WrongWord.Describe(
            "must be the id of a session, such as es-10 or 81; they are listed at /v1/sessions?all=true",
            id,
            ClosestName.Find(id, await connection.QueryAsync<string>("SELECT id FROM session ORDER BY id"))
        );

    /// <summary>Lists the sessions of the database: those of the release, and those that a resolution belongs to.</summary>
    internal static Task<IEnumerable<Session>> List(DbConnection connection) =>
        connection.QueryAsync<Session>($"SELECT {Columns} FROM session");

    /// <summary>Inserts a session unless it exists. Returns the number of inserted rows.</summary>
    internal static Task<int> Insert(DbConnection connection, Session session) =>
        connection.ExecuteAsync(
            """
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject, called_by)
            VALUES (@Id, @Number, @Emergency, @OpenedOn, @ClosedOn, @Subject, @CalledBy)
            ON CONFLICT (id) DO NOTHING
            """,
            session
        );

    /// <summary>Describes why no vote can take place on a day; null if one can, or the dates are not known.</summary>
    internal string? DescribeWrongDay(DateOnly? day) =>
        Emergency && day < OpenedOn ? $"must not be before the session, which opened on {OpenedOn:O}"
        : day > ClosedOn ? $"must not be after the session, which was closed on {ClosedOn:O}"
        : null;

    // A session opens each September; the first one was that of 1946, in two parts. The day of opening is not derived,
    // because the rule changed over the years (rule 1).
    private static int LastRegular(DateTimeOffset now)
    {
        const int firstYear = 1946;
        const int september = 9;
        var today = NewYork.DayOf(now);
        return today.Year + (today.Month < september ? 0 : 1) - firstYear + 1;
    }
}
