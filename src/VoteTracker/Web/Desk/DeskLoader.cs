using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Features.Views;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Desk;

/// <summary>Loads what the whip sheet of a resolution shows.</summary>
internal sealed class DeskLoader(
    Db db,
    ReferenceData referenceData,
    Cursors cursors,
    TeamMembers team,
    TimeProvider clock
)
{
    private const int MaxStates = 1_000;

    /// <summary>Loads the sheet; null if there is no such resolution for this caller.</summary>
    /// <param name="snapshot">The current tally.</param>
    /// <param name="caller">The reader, who may see stances.</param>
    /// <param name="language">The language that decides the order of the states.</param>
    /// <param name="only">The codes of the states that are shown; all if it is null.</param>
    public Task<DeskModel?> Load(TallySnapshot snapshot, Caller caller, Language language, IReadOnlySet<string>? only)
    {
        var id = snapshot.Standings.Resolution;
        var now = clock.Moment();
        return db.Read(async connection =>
        {
            if (await ResolutionAccess.Find(connection, id, caller) is not { Resolution: { } resolution })
            {
                return null;
            }
            // The cursor is read first: a change after it is loaded twice, and never missed.
            var cursor = await ChangeFeed.LoadEnd(connection, cursors);
            var day = resolution.VotingDay(now);
            var members = referenceData.Roster.MembersOn(day);
            var stances = only is { Count: 0 }
                ? new Dictionary<string, Stance>(StringComparer.Ordinal)
                : await StanceStore.List(connection, id, asOf: null);
            var work = await LoadWork(connection, id, caller, NewYork.DayOf(now), only);
            var people = caller.May(Right.EditContacts) ? (await team.Load(connection, caller)).Members : [];
            var ineligible = snapshot
                .Standings.Ballots.Where(ballot => !ballot.Eligible)
                .Select(ballot => ballot.MemberState)
                .ToHashSet(StringComparer.Ordinal);
            return new DeskModel
            {
                Resolution = resolution,
                Tally = snapshot.Tally,
                StateName = snapshot.Standings.StateName,
                Rows =
                [
                    .. members
                        .Where(iso3 => only is null || only.Contains(iso3))
                        .OrderBy(language.State, StringComparer.OrdinalIgnoreCase)
                        .Select(iso3 => new DeskRow
                        {
                            Stance = (stances.GetValueOrDefault(iso3) ?? Stance.CreateUnknown(id, iso3)).For(caller),
                            IsEligible = !ineligible.Contains(iso3),
                            Groups = [.. referenceData.Groups.ListFor(iso3, day)],
                            Work = work(iso3),
                            FoldedNames = FoldNames(iso3),
                        }),
                ],
                Groups =
                [
                    .. members
                        .SelectMany(iso3 => referenceData.Groups.ListFor(iso3, day))
                        .Distinct(StringComparer.Ordinal),
                ],
                Team = people,
                Assignees =
                [
                    .. people
                        .Select(member => member.Label)
                        .Concat(members.Select(iso3 => work(iso3).Assignee).OfType<string>())
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.OrdinalIgnoreCase),
                ],
                Views = caller.May(Right.EditContacts) ? await ViewStore.List(connection, caller.Label) : null,
                Cursor = cursor,
                Today = NewYork.DayOf(now),
                IsEditable = caller.May(Right.RecordStances) && snapshot.Basis == Basis.Stances,
            };
        });
    }

    private static async Task<Func<string, DeskWork>> LoadWork(
        DbConnection connection,
        string id,
        Caller caller,
        DateOnly today,
        IReadOnlySet<string>? only
    )
    {
        var seesContacts = caller.May(Right.SeeContacts) && only is not { Count: 0 };
        string[]? states = only is null ? null : [.. only];
        var tasks = seesContacts ? await OpenTasks.Count(connection, id, caller, today, states) : null;
        var days = seesContacts ? await LastEngagement.List(connection, id, caller, today, states) : null;
        var comments = seesContacts ? await CommentStore.Count(connection, id) : null;
        var assignments = only is { Count: 0 }
            ? []
            : await AssignmentStore.List(connection, id, assignee: null, after: null, limit: MaxStates);
        var assigned = assignments.ToDictionary(a => a.MemberState, StringComparer.Ordinal);
        return iso3 =>
        {
            var count = tasks?.GetValueOrDefault(iso3);
            var assignment = assigned.GetValueOrDefault(iso3);
            return new DeskWork
            {
                Assignee = assignment?.Assignee,
                Assignment = assignment?.Version,
                Open = count?.Open ?? 0,
                Overdue = count?.Overdue ?? 0,
                Comments = comments?.GetValueOrDefault(iso3) ?? 0,
                LastOn = days is not null && days.TryGetValue(iso3, out var day) ? day : null,
            };
        };
    }

    private static string FoldNames(string iso3) =>
        FoldedText.Fold(string.Join('\n', [.. StateNames.All(iso3), .. StateNameIndex.Shipped.AliasesOf(iso3), iso3]));
}
