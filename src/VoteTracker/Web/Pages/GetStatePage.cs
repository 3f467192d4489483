using VoteTracker.Database;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pages;

/// <summary>The page of a state: its votes, the members it votes with, and its positions that the reader may see.</summary>
internal sealed class GetStatePage(
    Assets assets,
    Db db,
    TallyCache live,
    ReferenceData referenceData,
    TimeProvider clock
) : PageEndpoint(assets)
{
    private const int MaxVotes = 500;
    private const int MaxOpen = 500;
    private const int MaxPartners = 10;

    public override void Configure() => Serve("/states/{iso3}");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var iso3 = ((string)HttpContext.Request.RouteValues["iso3"]!).ToUpperInvariant();
        if (referenceData.Roster.Find(iso3) is not { } seat)
        {
            await SendNotFound(page);
            return;
        }
        var today = NewYork.DayOf(clock.GetUtcNow());
        var whole = RecordFilter.Whole(RecordSource.Library);
        var isObserver = seat.Kind == SeatKind.Observer;
        var (votes, agreement, open) = await db.Read(async connection =>
            (
                isObserver ? [] : await VoteOfMember.List(connection, iso3, whole, DateOnly.MaxValue, "", MaxVotes),
                isObserver ? null : await AgreementReport.Load(connection, whole, iso3, b: null),
                await ListedResolution.List(
                    connection,
                    new ResolutionFilter { IsOpen = true },
                    page.Caller,
                    after: null,
                    MaxOpen
                )
            )
        );
        var positions = new List<StatePosition>();
        foreach (var resolution in open.Select(l => l.Resolution).Where(r => r.Basis == Basis.Stances))
        {
            if (
                page.Caller.SeesPositions(resolution.Visibility)
                && await live.Get(resolution.Id) is { } snapshot
                && snapshot.Standings.Ballots.FirstOrDefault(b => b.MemberState == iso3)
                    is { MemberState: not null } ballot
            )
            {
                var visible = page.Caller.May(Right.SeeStances) ? ballot : ballot with { Certainty = null };
                positions.Add(new StatePosition(resolution, visible));
            }
        }
        var model = new StateModel
        {
            Iso3 = iso3,
            Seat = seat,
            Groups = [.. referenceData.Groups.ListFor(iso3, today)],
            Votes = votes,
            With = agreement is null ? [] : [.. agreement.Items.Take(MaxPartners)],
            Against = agreement is null ? [] : [.. agreement.Items.Reverse().Take(MaxPartners)],
            RollCalls = agreement?.RollCalls ?? 0,
            Positions = positions,
        };
        await SendPage(page, await Render<StatePage>(page, model), isPublic: false);
    }
}

/// <summary>What the page of a state shows.</summary>
public sealed record StateModel
{
    /// <summary>Its code.</summary>
    public required string Iso3 { get; init; }

    /// <summary>Its seat.</summary>
    public required Seat Seat { get; init; }

    /// <summary>The keys of its groups.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Its votes, the newest first.</summary>
    public required IReadOnlyList<VoteOfMember> Votes { get; init; }

    /// <summary>The members that voted most like it.</summary>
    public required IReadOnlyList<MemberAgreement> With { get; init; }

    /// <summary>The members that voted least like it.</summary>
    public required IReadOnlyList<MemberAgreement> Against { get; init; }

    /// <summary>The number of roll calls that were compared.</summary>
    public required int RollCalls { get; init; }

    /// <summary>Its positions on open resolutions.</summary>
    public required IReadOnlyList<StatePosition> Positions { get; init; }
}

/// <summary>The position of a state on an open resolution.</summary>
public sealed record StatePosition(Resolution Resolution, VoteTracker.Voting.Tallies.Ballot Ballot);
