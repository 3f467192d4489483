using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Forecasts;
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
    private const int MaxMoments = 500;
    private const int MaxCompared = 60;
    private const int MaxStatesOfPath = 10;

    /// <summary>Loads the parts of a resolution that a caller may see.</summary>
    /// <param name="snapshot">The state that is shown.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="since">The moment from which moves are shown; a day ago if it is null.</param>
    /// <param name="compare">The id of another resolution to compare with; null for none.</param>
    /// <param name="origin">The address of the service.</param>
    public async Task<ResolutionModel?> Load(
        TallySnapshot snapshot,
        Caller caller,
        DateTimeOffset? since,
        string? compare,
        string origin
    )
    {
        var id = snapshot.Standings.Resolution;
        var now = clock.Moment();
        var standings = snapshot.Standings;
        var forecast =
            snapshot.Basis == Basis.Stances && caller.May(Right.SeeForecasts)
                ? await forecasts.Get(snapshot, withCampaign: false)
                : null;
        var comparison = compare is null ? null : await Compare(standings, compare, caller);
        return await db.Read(async connection =>
        {
            if (await ResolutionAccess.Find(connection, id, caller) is not { Resolution: { } resolution })
            {
                return null;
            }
            var ballots = VisibleBallots(standings, caller);
            var grouping = referenceData.Groups.CreateGrouping("regional-group")!;
            return new ResolutionModel
            {
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
                    caller.May(Right.SeeStances) && snapshot.Basis == Basis.Stances
                        ? await TallyDiff.Load(connection, referenceData, resolution, since ?? now.AddDays(-1), now)
                        : null,
                Timeline = TallyTimeline.IsVisibleTo(caller, resolution)
                    ? await LoadTimeline(connection, id, caller, now)
                    : null,
                Path = forecast is null
                    ? null
                    : Shorten(await PathReport.Load(connection, forecast, Goal.Adopt, caller)),
                CoSponsors = caller.SeesCoSponsors(resolution.Visibility)
                    ? await CoSponsorStore.ListFor(connection, id, caller, CoSponsorStatus.Signed, after: null, 250)
                    : null,
                Tree = await LoadTree(connection, resolution, caller),
                Comparison = comparison,
                Comparable =
                [
                    .. (
                        await ListedResolution.List(
                            connection,
                            new ResolutionFilter(),
                            caller,
                            after: null,
                            limit: MaxCompared
                        )
                    )
                        .Select(listed => listed.Resolution)
                        .Where(other => other.Id != id && other.Basis == Basis.RecordedVotes),
                ],
                Citation = await ResolutionCitation.Load(connection, resolution, origin),
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

    private static PathReport Shorten(PathReport path) => path with { States = [.. path.States.Take(MaxStatesOfPath)] };

    private async Task<IReadOnlyList<Tally>> LoadTimeline(
        DbConnection connection,
        string id,
        Caller caller,
        DateTimeOffset now
    )
    {
        var timeline = await TallyTimeline.Load(connection, referenceData, id);
        return timeline is null ? [] : [.. timeline.List(caller, from: null, now).TakeLast(MaxMoments)];
    }

    private async Task<TextInTree?> LoadTree(DbConnection connection, Resolution resolution, Caller caller)
    {
        var parts = await ListedResolution.List(
            connection,
            new ResolutionFilter { Parent = resolution.Id },
            caller,
            after: null,
            limit: TextInTree.MaxParts
        );
        return parts.Count == 0
            ? null
            : await TextInTree.Load(live, resolution, [.. parts.Select(p => p.Resolution)], withStances: false);
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
