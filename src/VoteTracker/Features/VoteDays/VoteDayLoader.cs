using System.Data.Common;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.RollCalls;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.VoteDays;

/// <summary>Loads a vote day with all that follows from its votes.</summary>
internal sealed class VoteDayLoader(ReferenceData referenceData, Settings settings)
{
    /// <summary>Loads the vote day of a resolution; null if none is open.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="after">The version that the client has: then only later changes are listed; null for all.</param>
    public async Task<VoteDay?> Load(DbConnection connection, Resolution resolution, long? after = null) =>
        await VoteDayStore.Find(connection, resolution.Id) is { State: not null } row
            ? await Load(connection, resolution, row, after)
            : null;

    /// <summary>Loads the vote day of a row that has a status.</summary>
    public async Task<VoteDay> Load(DbConnection connection, Resolution resolution, VoteDayRow row, long? after = null)
    {
        var all = await VoteDayStore.ListVotes(connection, resolution.Id);
        var ineligible = await VoteDayStore.ListIneligible(connection, row.HeldOn);
        var order = OrderOf(row);
        var votes = all.Where(vote => vote.Vote is not null)
            .ToDictionary(vote => vote.MemberState, vote => vote.Vote!.Value, StringComparer.Ordinal);
        string[] barred = [.. order.Where(ineligible.Contains)];
        string[] remaining = [.. order.Where(state => !votes.ContainsKey(state) && !ineligible.Contains(state))];
        var expected = row.Expected is { } json ? ExpectedBoard.Parse(json) : null;
        return new VoteDay
        {
            Resolution = row.Resolution,
            Status = row.State!.Value,
            On = row.HeldOn,
            StartsWith = row.StartsWith,
            Announced = row.Announced,
            Difference = row.Announced is { } announced
                ? TotalsDifference.Between(announced, TotalsOf(votes, order))
                : null,
            Tally = RunningTally.Count(resolution.Rule, votes.Values, remaining.Length),
            Forecast = expected?.Compare(resolution.Rule, order, votes, remaining),
            Members = after is null
                ? [.. order.Select(state => CreateMember(state, !ineligible.Contains(state), expected))]
                : null,
            Votes = [.. all.Where(vote => after is { } seen ? vote.Version > seen : vote.Vote is not null)],
            Ineligible = barred,
            Surroundings = $"{resolution.Rule} {settings.VoteDayConfirmation} {string.Join(' ', barred)}",
            NeedsSecondPerson = settings.VoteDayConfirmation,
            OpenedBy = row.OpenedBy,
            OpenedAt = row.OpenedAt,
            ProposedBy = row.ProposedBy,
            ProposedAt = row.ProposedAt,
            ConfirmedBy = row.ConfirmedBy,
            ConfirmedAt = row.ConfirmedAt,
            Version = row.Version,
            ChangedAt = row.ChangedAt,
            ChangedBy = row.ChangedBy,
        };
    }

    /// <summary>The members of the day, in the order of the roll call.</summary>
    public IReadOnlyList<string> OrderOf(VoteDayRow row) =>
        AssemblyOrder.ListFrom(referenceData.Roster.MembersOn(row.HeldOn), row.StartsWith);

    private static VoteTotals TotalsOf(Dictionary<string, Vote> votes, IReadOnlyList<string> order) =>
        VoteTotals.FromVotes(order.Select(state => votes.GetValueOrDefault(state, Vote.NonVoting)));

    private static VoteDayMember CreateMember(string state, bool eligible, ExpectedBoard? expected)
    {
        var likeliest = expected?.FindLikeliest(state);
        return new VoteDayMember
        {
            MemberState = state,
            Eligible = eligible,
            Expected = likeliest?.Vote,
            Chance = likeliest is { } found ? decimal.Round((decimal)found.Chance, 2) : null,
        };
    }
}
