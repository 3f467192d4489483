using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting;

/// <summary>Assemblies to count, chosen or random.</summary>
internal static class Assemblies
{
    public static readonly DateOnly Day = new(2026, 11, 21);

    private static readonly Position[] Positions = Enum.GetValues<Position>();

    private static readonly Gen<Ballot[]> Random =
        from size in Gen.Frequency((1, Gen.Choose(0, 8)), (2, Gen.Choose(0, 193)))
        from weights in Gen.Choose(0, 9).ArrayOf(Positions.Length)
        from ballots in Standing(weights).ArrayOf(size)
        select Named(ballots);

    /// <summary>Any assembly of 0 to 193 members.</summary>
    public static Arbitrary<Ballot[]> Any { get; } = Arb.From(Random, Smaller);

    /// <summary>Any assembly of 0 to 6 members.</summary>
    public static Arbitrary<Ballot[]> Small { get; } =
        Arb.From(
            from size in Gen.Choose(0, 6)
            from ballots in Standing(1, 1, 1, 1, 1, 1).ArrayOf(size)
            select Named(ballots),
            Smaller
        );

    /// <summary>Any roll call of 0 to 193 names.</summary>
    public static Arbitrary<Ballot[]> RollCalls { get; } =
        Arb.From(
            from size in Gen.Choose(0, 193)
            from votes in Gen.Elements(Enum.GetValues<Vote>()).ArrayOf(size)
            select votes.Select((vote, i) => Ballot.Recorded(Code(i), vote)).ToArray(),
            Smaller
        );

    /// <summary>Checks a property on some hundreds of random samples.</summary>
    public static void ForAll<T>(Arbitrary<T> any, Action<T> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300), Prop.ForAll(any, holds));

    /// <summary>Standings with these ballots and default values.</summary>
    public static Standings Create(
        IReadOnlyList<Ballot> ballots,
        MajorityRule rule = MajorityRule.TwoThirds,
        Basis basis = Basis.Stances
    ) =>
        new()
        {
            Resolution = "es-10-l-34",
            AsOf = new DateTimeOffset(2026, 11, 21, 22, 10, 0, TimeSpan.Zero),
            Version = 812,
            Kind = ResolutionKind.Draft,
            Rule = rule,
            Status = basis == Basis.Stances ? ResolutionStatus.Tabled : ResolutionStatus.Adopted,
            Basis = basis,
            Day = Day,
            Ballots = ballots,
            Members = [.. ballots.Select(ballot => ballot.MemberState)],
            CoSponsors = [],
            Visibility = Visibility.Tally,
            Freshness = new Freshness(ChangedOn: null, DateTimeOffset.MaxValue),
        };

    public static Ballot[] Ballots(
        int yes = 0,
        int no = 0,
        int abstain = 0,
        int absent = 0,
        int undecided = 0,
        int unknown = 0,
        int ineligible = 0
    ) =>
        Named([
            .. Enumerable.Repeat(Member(Position.Yes), yes),
            .. Enumerable.Repeat(Member(Position.No), no),
            .. Enumerable.Repeat(Member(Position.Abstain), abstain),
            .. Enumerable.Repeat(Member(Position.Absent), absent),
            .. Enumerable.Repeat(Member(Position.Undecided), undecided),
            .. Enumerable.Repeat(Member(Position.Unknown), unknown),
            .. Enumerable.Repeat(Member(Position.Yes) with { Eligible = false }, ineligible),
        ]);

    /// <summary>Adds a member with an unused code.</summary>
    public static Ballot[] And(this Ballot[] ballots, Position position) =>
        [.. ballots, Member(position) with { MemberState = "ZZZ" }];

    public static string Code(int i) => $"{(char)('A' + i / 676)}{(char)('A' + i / 26 % 26)}{(char)('A' + i % 26)}";

    private static Ballot Member(Position position) =>
        new("", position, position == Position.Unknown ? null : Certainty.Confirmed, Eligible: true);

    private static Ballot[] Named(Ballot[] ballots) =>
        [.. ballots.Select((ballot, i) => ballot with { MemberState = Code(i) })];

    private static Gen<Ballot> Standing(params int[] weights) =>
        from position in Gen.Frequency(Positions.Select((p, i) => (weights[i] + (i == 0 ? 1 : 0), Gen.Constant(p))))
        from certainty in Gen.Elements(Enum.GetValues<Certainty>())
        from eligible in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        select Member(position) with
        {
            Certainty = position == Position.Unknown ? null : certainty,
            Eligible = eligible,
        };

    private static IEnumerable<Ballot[]> Smaller(Ballot[] ballots) =>
        ballots.Select((_, i) => (Ballot[])[.. ballots[..i], .. ballots[(i + 1)..]]);
}
