using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;
using VoteTracker.Features.Tasks;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Briefs;

/// <summary>Loads the brief of a member or observer for a resolution, as far as a caller may see it.</summary>
internal sealed class BriefLoader(
    Db db,
    ReferenceData referenceData,
    TallyCache live,
    ForecastCache forecasts,
    VotingRecordCache pastVotes,
    GapLoader gaps,
    TimeProvider clock
)
{
    // A brief is read at the door of a mission: two pages of paper, or a few screens of a phone.
    private const int MostChanges = 5;
    private const int MostVotes = 8;
    private const int MostContacts = 20;
    private const int MostEngagements = 10;
    private const int MostTasks = 20;
    private const int MostComments = 5;

    /// <summary>
    /// Loads the brief of a current member or observer, for a caller that may see stances. Null if the caller can see no
    /// such resolution.
    /// </summary>
    public async Task<Brief?> Load(string id, string iso3, Caller caller)
    {
        if (await live.FindVisible(id, caller) is not { } snapshot)
        {
            return null;
        }
        var forecast = snapshot.Basis == Basis.Stances ? await forecasts.Get(snapshot) : null;
        return await db.Read(async connection =>
            await ResolutionAccess.Find(connection, id, caller) is { Resolution: { } resolution }
                ? await Load(connection, resolution, iso3, caller, snapshot.Standings, forecast)
                : null
        );
    }

    private async Task<Brief> Load(
        DbConnection connection,
        Resolution resolution,
        string iso3,
        Caller caller,
        Standings standings,
        ForecastSnapshot? forecast
    )
    {
        var id = resolution.Id;
        var now = clock.Moment();
        var isMember = StanceRules.HasStance(referenceData, iso3);
        var more = new List<string>();
        var changes = isMember ? await StanceHistory.ListNewest(connection, id, iso3, MostChanges + 1) : [];
        var coSponsor = await CoSponsorStore.Find(connection, id, iso3);
        var support = await BriefSupport.Load(connection, id, iso3, caller, more);
        var brief = new Brief
        {
            Resolution = id,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            Status = resolution.Status,
            VoteOn = resolution.VoteOn,
            At = now,
            MemberState = iso3,
            State = (await MemberState.List(connection, referenceData, standings.Day, iso3)).Single(),
            Stance = isMember ? (await StanceStore.Find(connection, id, iso3, asOf: null)).For(caller) : null,
            Changes =
            [
                .. ShortList
                    .Cut("changes", changes, MostChanges, more)
                    .Select(change => StanceChange.Create(change.Before, change.After, caller)),
            ],
            Vote = FindVote(standings, iso3),
            CoSponsor = coSponsor?.For(caller),
            TextVersion = resolution.TextVersion,
            Assignee = (await AssignmentStore.Find(connection, id, iso3))?.Assignee,
            Forecast = forecast is null ? null : FindForecast(forecast, iso3),
            SimilarVotes = isMember
                ? await SimilarVotes.Load(
                    connection,
                    forecast?.Prediction
                        ?? SimilarVotes.PredictVoted(await pastVotes.Load(connection), resolution, standings.Day),
                    iso3,
                    MostVotes
                )
                : [],
            EndorsementCount = support.EndorsementCount,
            Endorsements = support.Endorsements,
            Acts = support.Acts,
            Pressures = support.Pressures,
            More = more,
        };
        return caller.May(Right.SeeContacts) ? await AddWork(connection, brief, resolution, caller, more) : brief;
    }

    // What the team does, which viewers do not see.
    private async Task<Brief> AddWork(
        DbConnection connection,
        Brief brief,
        Resolution resolution,
        Caller caller,
        List<string> more
    )
    {
        var iso3 = brief.MemberState;
        var states = await gaps.Load(connection, resolution, caller, brief.At, iso3);
        var contacts = await ContactStore.List(connection, iso3, after: ("", ""), MostContacts + 1);
        var engagements = await EngagementStore.List(
            connection,
            new EngagementFilter { MemberState = iso3 },
            caller,
            after: null,
            MostEngagements + 1
        );
        var tasks = await TaskStore.List(
            connection,
            new TaskFilter
            {
                MemberState = iso3,
                Status = TaskProgress.Open,
                Today = NewYork.DayOf(brief.At),
            },
            caller,
            after: null,
            MostTasks + 1
        );
        var comments = caller.May(Right.Comment)
            ? await CommentStore.List(connection, resolution.Id, iso3, before: null, MostComments + 1)
            : [];
        return brief with
        {
            Gaps = [.. states.Where(state => state.MemberState == iso3).SelectMany(state => state.Gaps)],
            Contacts = ShortList.Cut("contacts", contacts, MostContacts, more),
            Engagements = ShortList.Cut("engagements", engagements, MostEngagements, more),
            Tasks = ShortList.Cut("tasks", tasks, MostTasks, more),
            Comments = ShortList.Cut("comments", comments, MostComments, more),
        };
    }

    private static Vote? FindVote(Standings standings, string iso3) =>
        standings.Basis != Basis.RecordedVotes
            ? null
            : standings
                .Ballots.Where(ballot => ballot.MemberState == iso3)
                .Select(ballot =>
                    (Vote?)(
                        ballot.Position switch
                        {
                            Position.Yes => Vote.Yes,
                            Position.No => Vote.No,
                            Position.Abstain => Vote.Abstain,
                            _ => Vote.NonVoting,
                        }
                    )
                )
                .FirstOrDefault();

    private static BriefForecast? FindForecast(ForecastSnapshot forecast, string iso3)
    {
        for (var i = 0; i < forecast.Members.Count; i++)
        {
            if (forecast.Members[i].Ballot.MemberState == iso3)
            {
                var pivotalities = forecast.Pivotalities;
                return new BriefForecast
                {
                    Probability = forecast.Forecast.Probability,
                    Chances = FourChances.FromChances(forecast.Chances[i]),
                    Pivotality = pivotalities.Count > 0 ? pivotalities[i] : null,
                };
            }
        }
        return null;
    }
}
