using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pages;

/// <summary>The page that lists the member states by regional group.</summary>
internal sealed class ListStatesPage(Assets assets, ReferenceData referenceData, TimeProvider clock)
    : PageEndpoint(assets)
{
    public override void Configure() => Serve("/states");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var members = referenceData.Roster.MembersOn(NewYork.DayOf(clock.GetUtcNow()));
        var model = new StatesModel
        {
            Groups =
            [
                .. members
                    .GroupBy(iso3 => referenceData.Groups.RegionOf(iso3) ?? Groups.None, StringComparer.Ordinal)
                    .OrderBy(g => Language.English.Group(g.Key), StringComparer.Ordinal),
            ],
            Others =
            [
                .. referenceData.Roster.Seats.Where(seat => seat.Kind != SeatKind.Member).Select(seat => seat.Iso3),
            ],
        };
        await SendPage(page, await Render<StatesPage>(page, model), isPublic: true);
    }
}

/// <summary>What the page of the member states shows.</summary>
public sealed record StatesModel
{
    /// <summary>The members by regional group.</summary>
    public required IReadOnlyList<IGrouping<string, string>> Groups { get; init; }

    /// <summary>The observers and the former members.</summary>
    public required IReadOnlyList<string> Others { get; init; }
}
