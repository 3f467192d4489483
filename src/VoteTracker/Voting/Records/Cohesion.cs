using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Records;

/// <summary>The cohesion of a group in a roll call.</summary>
public sealed record Cohesion
{
    /// <summary>The formula of the Rice index.</summary>
    public const string RiceFormula = "|Y - N| / (Y + N) (Rice 1925)";

    /// <summary>The formula of the agreement index.</summary>
    public const string AgreementFormula =
        "(max(Y, N, A) - ((Y + N + A) - max(Y, N, A)) / 2) / (Y + N + A) (Hix, Noury and Roland 2005)";

    /// <summary>The group's key; `none` has the members without a group, `all` has all members.</summary>
    public required string Group { get; init; }

    /// <summary>Its members in the roll call.</summary>
    public required int Members { get; init; }

    /// <summary>Y.</summary>
    public required int Yes { get; init; }

    /// <summary>N.</summary>
    public required int No { get; init; }

    /// <summary>A: abstentions.</summary>
    public required int Abstain { get; init; }

    /// <summary>The members that did not vote. Neither index counts them.</summary>
    public required int NonVoting { get; init; }

    /// <summary>
    /// The Rice index, 4 decimals: 1 if all yes and no votes are the same, 0 if they are split in half. It ignores
    /// abstentions. Null if no member voted yes or no.
    /// </summary>
    public required decimal? RiceIndex { get; init; }

    /// <summary>
    /// The agreement index, 4 decimals: 1 if all votes are the same, 0 if yes, no and abstentions are a third each. Null
    /// if no member voted or abstained.
    /// </summary>
    public required decimal? AgreementIndex { get; init; }

    /// <summary>The cohesion of these votes.</summary>
    public static Cohesion FromVotes(string group, IEnumerable<Ballot> names)
    {
        var count = VoteCount.FromBallots(names);
        return new Cohesion
        {
            Group = group,
            Members = count.Members,
            Yes = count.Yes,
            No = count.No,
            Abstain = count.Abstain,
            NonVoting = count.Absent,
            RiceIndex = Rice(count.Yes, count.No),
            AgreementIndex = Agreement(count.Yes, count.No, count.Abstain),
        };
    }

    /// <summary>One row for each group.</summary>
    public static IReadOnlyList<Cohesion> By(Grouping grouping, IReadOnlyList<Ballot> names, DateOnly day)
    {
        var rows = names
            .SelectMany(name => grouping.ListRows(name.MemberState, day).Select(row => (row, name)))
            .ToLookup(pair => pair.row, pair => pair.name, StringComparer.Ordinal);
        return
        [
            .. (grouping.HasNone ? grouping.Keys.Append(Groups.None) : grouping.Keys).Select(row =>
                FromVotes(row, rows[row])
            ),
        ];
    }

    /// <summary>|Y − N| / (Y + N).</summary>
    public static decimal? Rice(int yes, int no) =>
        yes + no == 0 ? null : Rounded((decimal)Math.Abs(yes - no) / (yes + no));

    /// <summary>(max − (all − max) / 2) / all, of yes, no and abstentions.</summary>
    public static decimal? Agreement(int yes, int no, int abstain)
    {
        var all = yes + no + abstain;
        var most = Math.Max(yes, Math.Max(no, abstain));
        return all == 0 ? null : Rounded((most - (all - most) / 2m) / all);
    }

    private static decimal Rounded(decimal index) => decimal.Round(index, 4, MidpointRounding.AwayFromZero);
}
