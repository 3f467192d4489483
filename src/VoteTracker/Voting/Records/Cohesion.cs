using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Records;

/// <summary>How much a group voted as one in a roll call.</summary>
public sealed record Cohesion
{
    /// <summary>The formula of the Rice index.</summary>
    public const string RiceFormula = "|Y - N| / (Y + N) (Rice 1925)";

    /// <summary>The formula of the agreement index.</summary>
    public const string AgreementFormula =
        "(max(Y, N, A) - ((Y + N + A) - max(Y, N, A)) / 2) / (Y + N + A) (Hix, Noury and Roland 2005)";

    /// <summary>The group's key; `none` holds who is in none of them, `all` is everybody.</summary>
    public required string Group { get; init; }

    /// <summary>Its members that are named in the roll call.</summary>
    public required int Members { get; init; }

    /// <summary>Y.</summary>
    public required int Yes { get; init; }

    /// <summary>N.</summary>
    public required int No { get; init; }

    /// <summary>A: abstentions.</summary>
    public required int Abstain { get; init; }

    /// <summary>Those that did not vote; neither index counts them.</summary>
    public required int NonVoting { get; init; }

    /// <summary>
    /// The Rice index, 4 decimals: 1 where all who voted yes or no did the same, 0 where they were split in half; null
    /// where nobody did. It passes over abstentions.
    /// </summary>
    public required decimal? RiceIndex { get; init; }

    /// <summary>
    /// The agreement index, 4 decimals: 1 where all did the same, 0 where yes, no and abstentions were a third each;
    /// null where nobody did any of them.
    /// </summary>
    public required decimal? AgreementIndex { get; init; }

    /// <summary>Of these names.</summary>
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

    /// <summary>A row a group.</summary>
    public static IReadOnlyList<Cohesion> By(Grouping grouping, IReadOnlyList<Ballot> names, DateOnly day)
    {
        var rows = names
            .SelectMany(name => grouping.RowsOf(name.MemberState, day).Select(row => (row, name)))
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
