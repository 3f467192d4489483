using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pages;

/// <summary>Loads what the page of a resolution shows.</summary>
internal sealed class ResolutionLoader(
    Db db,
    TallyCache live,
    ForecastCache forecasts,
    ReferenceData referenceData,
    TimeProvider clock
)
{
    private const int MaxCompared = 60;
    private const int MaxStatesOfPath = 10;
    private const int MaxCountedParts = 50;

    /// <summary>Parses the `since` of an address. A form sends a moment of UTC without its zone. Null if it is wrong.</summary>
    public DateTimeOffset? ParseSince(string text) =>
        PastMoment.TryParse(text, clock.Moment(), out var moment, out _)
        || PastMoment.TryParse($"{text}Z", clock.Moment(), out moment, out _)
            ? moment
            : null;

    /// <summary>Loads the parts of a resolution that a caller may see.</summary>
    /// <param name="snapshot">The state that is shown.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="since">The moment from which moves are shown; a day ago if it is null.</param>
    /// <param name="compare">The id of another resolution to compare with; null for none.</param>
    /// <param name="origin">The address of the service.</param>
    /// <param name="shared">The share link whose page it is. The visibility of the snapshot then has its scope.</param>
    public async Task<ResolutionModel?> Load(
        TallySnapshot snapshot,
        Caller caller,
        DateTimeOffset? since,
        string? compare,
        string origin,
        SharedAddress? shared = null
    )
    {
        var id = snapshot.Standings.Resolution;
        var now = clock.Moment();
        var standings = snapshot.Standings;
        var forecast =
            snapshot.Basis == Basis.Stances && caller.May(Right.SeeForecasts)
                ? await forecasts.Get(snapshot, withCampaign: false)
                : null;
        var parts = (await db.Read(connection => ResolutionStore.ListBelow(connection, id, TextInTree.MaxParts)))
            .Where(part => caller.SeesResolution(part.Id, part.Visibility, part.Basis))
            .ToList();
        var comparison = compare is null ? null : await Compare(standings, compare, caller);
        return await db.Read(async connection =>
        {
            if (await ResolutionStore.Find(connection, id) is not { } resolution)
            {
                return null;
            }
            if (shared is not null)
            {
                resolution = resolution with { Visibility = standings.Visibility };
            }
            if (!caller.SeesResolution(id, resolution.Visibility, resolution.Basis))
            {
                return null;
            }
            var part = TallyTimeline.PartFor(caller, resolution.Visibility, resolution.Basis);
            var ballots = VisibleBallots(standings, caller);
            var (tallies, margin) =
                part == TimelinePart.None
                    ? (null, null)
                    : await PageTimeline.Load(connection, referenceData, resolution, snapshot, part, now);
            var grouping = referenceData.Groups.CreateGrouping("regional-group")!;
            return new ResolutionModel
            {
                Shared = shared,
                Resolution = await ResolutionAccess.HideParent(connection, resolution, caller),
                Tally = snapshot.Tally,
                StateName = standings.StateName,
                Breakdown = Breakdown.FromStandings(standings, grouping),
                Groups = ballots
                    ?.SelectMany(b => grouping.ListRows(b.MemberState, standings.Day).Select(row => (row, b)))
                    .ToLookup(p => p.row, p => p.b, StringComparer.Ordinal),
                Ballots = ballots,
                Leanings =
                    standings.Basis == Basis.Stances && caller.May(Right.SeeStances) ? CountLeanings(standings) : null,
                Moves =
                    caller.SeesPositions(resolution.Visibility) && snapshot.Basis == Basis.Stances
                        ? await TallyDiff.Load(
                            connection,
                            referenceData,
                            resolution,
                            caller,
                            since ?? now.AddDays(-1),
                            now
                        )
                        : null,
                Timeline = tallies,
                Margin = margin,
                Path = forecast is null
                    ? null
                    : await PathReport.Load(
                        connection,
                        forecast,
                        // What could change the result, whatever it is.
                        snapshot.Tally.Reached == true
                            ? Goal.Block
                            : Goal.Adopt,
                        caller,
                        MaxStatesOfPath
                    ),
                Forecast = forecast is null ? null : ForecastReport.Create(forecast, shock: null),
                // A link that shares counts names no state.
                CoSponsors =
                    (
                        shared is null
                            ? caller.SeesCoSponsors(resolution.Visibility)
                            : caller.SeesPositions(resolution.Visibility)
                    )
                        ? await CoSponsorStore.ListFor(connection, id, caller, CoSponsorStatus.Signed, after: null, 250)
                        : null,
                // A link shows a draft that is not public, and nothing of its timetable is.
                Milestones = shared is null ? await MilestoneStore.List(connection, id, caller) : [],
                Today = NewYork.DayOf(now),
                Tree =
                    parts.Count == 0
                        ? null
                        : await TextInTree.Load(live, resolution, [.. parts.Take(MaxCountedParts)], withStances: false),
                OtherParts = [.. parts.Skip(MaxCountedParts)],
                Comparison = comparison,
                Origin = origin,
                Comparable =
                [
                    .. (
                        await ListedResolution.List(
                            connection,
                            new ResolutionFilter { IsOpen = false },
                            caller,
                            after: null,
                            limit: MaxCompared
                        )
                    )
                        .Select(listed => listed.Resolution)
                        .Where(other => other.Id != id && other.Basis == Basis.RecordedVotes),
                ],
                // The package of a draft is for viewers and up.
                Citation =
                    shared is not null || (resolution.Basis == Basis.Stances && !caller.May(Right.SeeStances))
                        ? null
                        : await ResolutionCitation.Load(connection, resolution, origin),
            };
        });
    }

    // Certainty is for viewers and up, also where positions are public.
    private static IReadOnlyList<Ballot>? VisibleBallots(Standings standings, Caller caller)
    {
        var isRecord = standings.Basis == Basis.RecordedVotes;
        if (!isRecord && (standings.Basis != Basis.Stances || !caller.SeesPositions(standings.Visibility)))
        {
            return null;
        }
        var withCertainty = caller.May(Right.SeeStances);
        return
        [
            .. standings
                .Ballots.Select(b => withCertainty ? b : b with { Certainty = null })
                .OrderBy(b => Language.English.State(b.MemberState), StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static (int Yes, int No) CountLeanings(Standings standings)
    {
        var leanings = standings.Ballots.Where(b => b is { Eligible: true, Certainty: Certainty.Leaning }).ToList();
        return (leanings.Count(b => b.Position == Position.Yes), leanings.Count(b => b.Position == Position.No));
    }

    private async Task<Comparison?> Compare(Standings standings, string compare, Caller caller)
    {
        if (
            standings.Resolution == compare
            || await live.FindVisible(compare, caller) is not { Basis: Basis.RecordedVotes } other
            || VisibleBallots(standings, caller) is not { } ballots
        )
        {
            return null;
        }
        return await db.Read(async connection =>
            await ResolutionAccess.Find(connection, compare, caller) is { Resolution: { } resolution }
                ? new Comparison
                {
                    Other = resolution,
                    Tally = other.Tally,
                    Moves =
                    [
                        .. Difference
                            .Between(other.Standings, standings with { Ballots = ballots })
                            .Where(m => m.MemberState is not null && m.From != m.To),
                    ],
                }
                : null
        );
    }
}
