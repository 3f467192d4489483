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
    : EndpointWithoutRequest<Results<Localized<Page<Resolution>>, ProblemHttpResult>>
{
    private static readonly TextParameter SearchParameter = new(
        "q",
        "Only resolutions with these words in the title, the symbol or the id. Case and accents are ignored.",
        "es-10/22"
    );

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
                .Takes(
                    SearchParameter,
                    SessionParameter,
                    KindParameter,
                    StatusParameter,
                    ParentParameter,
                    IncludeParameter,
                    Lang.Parameter
                )
                .Pages()
        );
    }

    public override async Task<Results<Localized<Page<Resolution>>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var paging = Paging.FromQuery(HttpContext, query, "resolutions");
        var filter = new ResolutionFilter
        {
            Search = query.ReadSearch(SearchParameter),
            Session = query.Read(SessionParameter),
            Kind = query.Read(KindParameter),
            Status = query.Read(StatusParameter),
            Parent = query.Read(ParentParameter),
        };
        var include = query.Read(IncludeParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(async connection =>
        {
            await query.CheckSession(SessionParameter, filter.Session, connection, caller, clock.GetUtcNow());
            await query.CheckResolution(ParentParameter, filter.Parent, connection, caller);
            return query.Problem is null
                ? await ListedResolution.List(connection, filter, caller, paging.After, paging.Rows)
                : [];
        });
        if (query.Problem is { } unknown)
        {
            return unknown;
        }
        var page = paging.Page(HttpContext, rows, row => row.Resolution, row => row.Place);
        if (include != Include.Tally)
        {
            return Localized.Ok(page, language);
        }
        var items = new List<Resolution>(page.Items.Count);
        foreach (var item in page.Items)
        {
            items.Add(item with { Tally = (await live.Get(item.Id))?.Tally });
        }
        return Localized.Ok(new Page<Resolution> { Items = items }, language);
    }

    /// <summary>The data that can be included.</summary>
    internal enum Include
    {
        /// <summary>The tally.</summary>
        Tally,
    }
}
