using System.Data.Common;
using Dapper;
using VoteTracker.Features.Filters;
using VoteTracker.Http;

namespace VoteTracker.Features.RollCalls;

/// <summary>Which part of the record is asked for: a session, the days of the votes.</summary>
internal sealed record PartOfRecord(string? Session, DateOnly? From, DateOnly? To)
{
    public static readonly TextParameter SessionParameter = new("session", "Only of this session.", "es-10");

    public static readonly DayParameter FromParameter = new(
        "from",
        "Only votes of this day and later, New York's.",
        "2023-01-01"
    );

    public static readonly DayParameter ToParameter = new("to", "Only votes of this day and earlier.", "2025-12-31");

    /// <summary>Reads the parameters; what is wrong with them is said to the query.</summary>
    public static PartOfRecord Of(Query query)
    {
        var part = new PartOfRecord(query.Read(SessionParameter), query.Read(FromParameter), query.Read(ToParameter));
        if (part.To < part.From)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        return part;
    }

    /// <summary>Says to the query where there is no such session.</summary>
    public Task Check(DbConnection connection, Query query) =>
        query.CheckSession(SessionParameter, Session, connection);

    /// <summary>The packed names of each roll call in it that has them, one after the other.</summary>
    public IAsyncEnumerable<string> Names(DbConnection connection) =>
        connection.QueryUnbufferedAsync<string>(
            """
            SELECT c.names
            FROM roll_call c
            WHERE c.names IS NOT NULL
                AND c.version = (SELECT MAX(version) FROM roll_call WHERE resolution = c.resolution)
                AND (@Session IS NULL OR EXISTS (
                    SELECT 1 FROM resolution r WHERE r.id = c.resolution AND r.session = @Session
                ))
                AND (@From IS NULL OR c.recorded_on >= @From)
                AND (@To IS NULL OR c.recorded_on <= @To)
            """,
            this
        );
}

/// <summary>Says of an endpoint what part of the record can be asked for.</summary>
internal static class PartOfRecordParameters
{
    public static RouteHandlerBuilder OfPartOfRecord(this RouteHandlerBuilder route) =>
        route
            .Takes(PartOfRecord.SessionParameter, PartOfRecord.FromParameter, PartOfRecord.ToParameter)
            .Fails(StatusCodes.Status400BadRequest);
}
