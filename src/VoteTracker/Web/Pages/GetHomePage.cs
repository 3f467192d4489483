using VoteTracker.Database;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pages;

/// <summary>The first page: the open resolutions, then the record, and a search.</summary>
internal sealed class GetHomePage(Assets assets, Db db, TallyCache live, ReferenceData referenceData)
    : PageEndpoint(assets)
{
    private const int MaxResolutions = 100;

    public override void Configure() => Serve("/");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var text = QueryText("q");
        var search = text is null ? null : SearchText.Parse(text);
        var after = QueryText("after");
        // Amendments are on the page of their resolution; a search finds them too.
        var isOverview = search is null;
        var open = after is null
            ? await List(
                page,
                new ResolutionFilter
                {
                    Search = search,
                    IsOpen = true,
                    OnlyTopLevel = isOverview,
                },
                null
            )
            : [];
        var voted = await List(
            page,
            new ResolutionFilter
            {
                Search = search,
                IsOpen = false,
                OnlyTopLevel = isOverview,
            },
            after
        );
        var items = await Count(voted);
        var model = new HomeModel
        {
            Search = text,
            Open = await Count(open),
            IsFirstPart = after is null,
            Record = [.. items.Where(i => i.Tally.Basis != Basis.None)],
            WithoutVote = [.. items.Where(i => i.Tally.Basis == Basis.None)],
            States = search is null ? [] : FindStates(search),
            Next = voted.Count == MaxResolutions ? voted[^1].Place : null,
        };
        await SendPage(page, await Render<HomePage>(page, model), isPublic: false);
    }

    private Task<IReadOnlyList<ListedResolution>> List(PageContext page, ResolutionFilter filter, string? after) =>
        db.Read(connection => ListedResolution.List(connection, filter, page.Caller, after, MaxResolutions));

    private async Task<IReadOnlyList<HomeItem>> Count(IReadOnlyList<ListedResolution> listed)
    {
        var items = new List<HomeItem>(listed.Count);
        foreach (var resolution in listed.Select(l => l.Resolution))
        {
            if (await live.Get(resolution.Id) is { } snapshot)
            {
                items.Add(new HomeItem(resolution, snapshot.Tally));
            }
        }
        return items;
    }

    private IReadOnlyList<string> FindStates(SearchText search) =>
        [
            .. referenceData
                .Roster.Seats.Select(seat => seat.Iso3)
                .Where(iso3 =>
                    search.Matches([.. StateNames.All(iso3), .. StateNameIndex.Shipped.AliasesOf(iso3), iso3])
                )
                .Take(20),
        ];
}

/// <summary>What the first page shows.</summary>
public sealed record HomeModel
{
    /// <summary>The text that the reader searched for; null if there is none.</summary>
    public required string? Search { get; init; }

    /// <summary>The resolutions before their vote.</summary>
    public required IReadOnlyList<HomeItem> Open { get; init; }

    /// <summary>Whether it is the first part of the list, which has the open resolutions.</summary>
    public required bool IsFirstPart { get; init; }

    /// <summary>The resolutions with a vote.</summary>
    public required IReadOnlyList<HomeItem> Record { get; init; }

    /// <summary>The resolutions that were withdrawn, or adopted without a vote.</summary>
    public required IReadOnlyList<HomeItem> WithoutVote { get; init; }

    /// <summary>The codes of the states that the search found.</summary>
    public required IReadOnlyList<string> States { get; init; }

    /// <summary>The place after which the next part of the list begins; null at the end.</summary>
    public required string? Next { get; init; }
}

/// <summary>A resolution with its tally.</summary>
public sealed record HomeItem(Resolution Resolution, Tally Tally);
