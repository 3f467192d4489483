using System.Text.Json.Serialization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>A tally divided by group.</summary>
public sealed record Breakdown
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted, or the requested moment; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>`regional-group`, `bloc`, or one group's key.</summary>
    public required string By { get; init; }

    /// <summary>
    /// The day as of which the members of the groups were listed. Past resolutions use today's groups as a reading aid.
    /// Only memberships with dates follow the day of the vote.
    /// </summary>
    public required DateOnly GroupsAsOf { get; init; }

    /// <summary>One row for each group. By `regional-group` the rows add up to the tally; by `bloc` they overlap.</summary>
    public required IReadOnlyList<BreakdownRow> Rows { get; init; }

    /// <summary>The tally of the same version, if the request has `?include=tally`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tally? Tally { get; init; }

    /// <summary>Counts the standings by group.</summary>
    public static Breakdown FromStandings(Standings standings, Grouping grouping)
    {
        var named = standings.Basis is Basis.Stances or Basis.RecordedVotes;
        var members =
            standings.Basis == Basis.RecordedVotes
                ? [.. standings.Ballots.Select(b => b.MemberState)]
                : standings.Members;
        var rows = grouping.HasNone ? grouping.Keys.Append(Groups.None) : grouping.Keys;
        var ballots = standings
            .Ballots.SelectMany(b => grouping.ListRows(b.MemberState, standings.Day).Select(row => (row, b)))
            .ToLookup(p => p.row, p => p.b, StringComparer.Ordinal);
        var membersByRow = members
            .SelectMany(m => grouping.ListRows(m, standings.Day))
            .CountBy(row => row)
            .ToDictionary();
        var coSponsors = standings
            .CoSponsors.SelectMany(c => grouping.ListRows(c, standings.Day))
            .CountBy(row => row)
            .ToDictionary();
        return new Breakdown
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            By = grouping.By,
            GroupsAsOf = grouping.Groups.CompiledOn,
            Rows =
            [
                .. rows.Select(row =>
                    BreakdownRow.Create(
                        row,
                        membersByRow.GetValueOrDefault(row),
                        named ? VoteCount.FromBallots(ballots[row]) : null,
                        coSponsors.GetValueOrDefault(row)
                    )
                ),
            ],
        };
    }
}

/// <summary>The count of one group.</summary>
public sealed record BreakdownRow
{
    /// <summary>The group's key; `none` has the members without a group, and the co-sponsorships of observers.</summary>
    public required string Group { get; init; }

    /// <summary>The name of the group, in the language of the response.</summary>
    public GroupName Name => new(Group);

    /// <summary>Its members on that day.</summary>
    public required int Members { get; init; }

    /// <summary>Its members that may vote.</summary>
    public required int? Eligible { get; init; }

    /// <summary>Yes.</summary>
    public required int? Yes { get; init; }

    /// <summary>No.</summary>
    public required int? No { get; init; }

    /// <summary>Abstentions.</summary>
    public required int? Abstain { get; init; }

    /// <summary>Absent; in a recorded vote, non-voting.</summary>
    public required int? Absent { get; init; }

    /// <summary>Undecided.</summary>
    public required int? Undecided { get; init; }

    /// <summary>Members without a recorded position.</summary>
    public required int? Unknown { get; init; }

    /// <summary>Members that may not vote on that day.</summary>
    public required int? Ineligible { get; init; }

    /// <summary>Its states that have signed as co-sponsors.</summary>
    public required int CoSponsors { get; init; }

    /// <summary>The sum of yes and no (rule 86).</summary>
    public required int? PresentAndVoting { get; init; }

    /// <summary>yes / presentAndVoting, 4 decimals; null if no member votes yes or no.</summary>
    public required decimal? YesShare { get; init; }

    internal static BreakdownRow Create(string group, int members, VoteCount? count, int coSponsors) =>
        new()
        {
            Group = group,
            Members = members,
            Eligible = count?.Eligible,
            Yes = count?.Yes,
            No = count?.No,
            Abstain = count?.Abstain,
            Absent = count?.Absent,
            Undecided = count?.Undecided,
            Unknown = count?.Unknown,
            Ineligible = count?.Ineligible,
            CoSponsors = coSponsors,
            PresentAndVoting = count?.PresentAndVoting,
            YesShare = count is { PresentAndVoting: > 0 } c
                ? decimal.Round((decimal)c.Yes / c.PresentAndVoting, 4, MidpointRounding.AwayFromZero)
                : null,
        };
}
