using System.Globalization;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Lists the resolutions that the caller may see, the newest first.</summary>
internal sealed class ListResolutions(Db db, TallyCache live, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<Resolution>>, ProblemHttpResult>>
{
    private static readonly TextParameter SessionParameter = new(
        "session",
        "Only resolutions of this session.",
        "es-10"
    );

    private static readonly WordParameter<ResolutionKind> KindParameter = new("kind", "Only resolutions of this kind.");

    private static readonly WordParameter<ResolutionStatus> StatusParameter = new(
        "status",
        "Only resolutions with this status."
    );

    private static readonly TextParameter ParentParameter = new(
        "parent",
        "Only the amendments, paragraphs and motions of this resolution.",
        "es-10-22"
    );

    private static readonly WordParameter<Include> IncludeParameter = new(
        "include",
        "`tally`: each resolution with its tally."
    );

    public override void Configure()
    {
        Get("/v1/resolutions");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Resolutions",
                    "Lists the resolutions",
                    "The newest first: by the moment of opening, or, for resolutions of the record, by the day of the vote. Without a key, the list has public resolutions and those with a recorded vote."
                )
                .Takes(SessionParameter, KindParameter, StatusParameter, ParentParameter, IncludeParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Resolution>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "resolutions");
        var (at, ordinal) = paging.After?.Split(' ') is [var ticks, var number]
            ? (new DateTimeOffset(Number(ticks), TimeSpan.Zero), Number(number))
            : (DateTimeOffset.MaxValue, long.MaxValue);
        var filter = new
        {
            session = query.Read(SessionParameter),
            kind = EnumWord<ResolutionKind>.ToWord(query.Read(KindParameter)),
            status = EnumWord<ResolutionStatus>.ToWord(query.Read(StatusParameter)),
            parent = query.Read(ParentParameter),
            at,
            ordinal,
            isViewer = caller.May(Right.SeeResolutions),
            paging.Rows,
        };
        var include = query.Read(IncludeParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var page = await db.Read(async connection =>
        {
            await query.CheckSession(SessionParameter, filter.session, connection, clock.GetUtcNow());
            await query.CheckResolution(ParentParameter, filter.parent, connection, caller);
            if (query.Problem is not null)
            {
                return [];
            }
            var rows = await connection.QueryAsync<ResolutionRow>(
                $"""
                {ResolutionRow.Select}
                WHERE (r.listed_at, r.ordinal) < (@at, @ordinal)
                    AND (@isViewer OR r.visibility <> 'private' OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.removed_at IS NULL))
                    AND (@session IS NULL OR r.session = @session)
                    AND (@kind IS NULL OR r.kind = @kind)
                    AND (@status IS NULL OR r.status = @status)
                    AND (@parent IS NULL OR EXISTS (
                        SELECT 1 FROM resolution p
                        WHERE p.id = @parent AND p.id = r.parent
                            AND (@isViewer OR p.visibility <> 'private' OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = p.id AND c.removed_at IS NULL))
                    ))
                ORDER BY r.listed_at DESC, r.ordinal DESC
                LIMIT @Rows
                """,
                filter
            );
            var found = paging.Page(
                HttpContext,
                rows,
                row => row.Resolution.For(caller),
                row => string.Create(CultureInfo.InvariantCulture, $"{row.ListedAt.UtcTicks} {row.Ordinal}")
            );
            var items = new List<Resolution>(found.Items.Count);
            foreach (var item in found.Items)
            {
                items.Add(await ResolutionAccess.HideParent(connection, item, caller));
            }
            return items;
        });
        if (query.Problem is { } unknown)
        {
            return unknown;
        }
        if (include == Include.Tally)
        {
            for (var i = 0; i < page.Count; i++)
            {
                page[i] = page[i] with { Tally = (await live.Get(page[i].Id))?.Tally };
            }
        }
        return TypedResults.Ok(new Page<Resolution> { Items = page });
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The data that can be included.</summary>
    internal enum Include
    {
        /// <summary>The tally.</summary>
        Tally,
    }
}
