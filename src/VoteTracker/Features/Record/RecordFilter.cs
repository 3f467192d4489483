using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Record;

/// <summary>The source of the roll calls that a request selects.</summary>
public enum RecordSource
{
    /// <summary>Those of the UN's record.</summary>
    Library,

    /// <summary>Also those that the campaign entered.</summary>
    All,
}

/// <summary>A part of the record: a session, the days of the votes, the source of the roll calls.</summary>
internal sealed record RecordFilter(string? Session, DateOnly? From, DateOnly? To, RecordSource Source)
{
    public static readonly TextParameter SessionParameter = new("session", "Only of this session.", "es-10");

    public static readonly FirstDayParameter FromParameter = new(
        "from",
        "Only votes on this day and later.",
        "2023-01-01"
    )
    {
        Type = typeof(DateOnly),
    };

    public static readonly DayParameter ToParameter = new("to", "Only votes on this day and earlier.", "2025-12-31");

    public static readonly WordParameter<RecordSource> SourceParameter = new(
        "source",
        "`library` (default): the UN's record alone; `all`: also the roll calls that the campaign entered."
    );

    /// <summary>The condition on the day of a roll call `c`.</summary>
    public const string OnDays = """
        (@From IS NULL OR c.recorded_on >= @From) AND (@To IS NULL OR c.recorded_on <= @To)
        """;

    /// <summary>The whole record.</summary>
    public static RecordFilter Whole(RecordSource source) => new(Session: null, From: null, To: null, source);

    /// <summary>Whether it includes the roll calls of the campaign.</summary>
    public bool WithCampaign => Source == RecordSource.All;

    /// <summary>Reads the parameters, and adds their problems to the query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">The moment from which a length of time is counted back.</param>
    public static RecordFilter Parse(Query query, DateTimeOffset now)
    {
        var filter = new RecordFilter(
            query.Read(SessionParameter),
            query.Read(FromParameter, now),
            query.Read(ToParameter),
            query.Read(SourceParameter) ?? RecordSource.Library
        );
        if (filter.To < filter.From)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        return filter;
    }

    /// <summary>Adds a problem to the query if the session does not exist.</summary>
    public Task Check(DbConnection connection, Query query, Caller caller, DateTimeOffset now) =>
        query.CheckSession(SessionParameter, Session, connection, caller, now);

    /// <summary>The packed names of each roll call that has them, one of each resolution.</summary>
    public IAsyncEnumerable<string> Names(DbConnection connection) =>
        connection.QueryUnbufferedAsync<string>(
            $"""
            SELECT c.names
            FROM roll_call c
            WHERE c.names IS NOT NULL
                AND {CurrentRollCall.OfSource}
                AND (@Session IS NULL OR EXISTS (
                    SELECT 1 FROM resolution r WHERE r.id = c.resolution AND r.session = @Session
                ))
                AND {OnDays}
            """,
            this
        );
}

/// <summary>Declares the parameters of a part of the record.</summary>
internal static class RecordFilterParameters
{
    public static RouteHandlerBuilder TakesPartOfRecord(this RouteHandlerBuilder route) =>
        route
            .Takes(
                RecordFilter.SessionParameter,
                RecordFilter.FromParameter,
                RecordFilter.ToParameter,
                RecordFilter.SourceParameter
            )
            .Fails(StatusCodes.Status400BadRequest);
}
