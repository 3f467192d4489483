using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class PathToGoalTests
{
    private const MajorityRule TwoThirds = MajorityRule.TwoThirds;
    private const MajorityRule Simple = MajorityRule.SimpleMajority;

    [Test]
    public void The_fewest_changes_equal_those_of_an_exhaustive_search()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                Assemblies.Small,
                ballots =>
                {
                    var count = VoteCount.FromBallots(ballots);
                    var path = PathToGoal.From(rule, count)!;
                    var reached = ByTheBook.Reached(rule, count.Yes, count.No);
                    path.Reached.ShouldBe(reached);
                    path.Flips.ShouldBe(FewestByTrying(rule, count));
                    foreach (var kind in path.Kinds)
                    {
                        kind.Needed.ShouldBe(FewestByTrying(rule, count, kind.Kind), $"{kind.Kind} of {count}");
                        kind.Effect.ShouldBe(PathToGoal.Effect(rule, kind.Kind));
                        Sum(kind.AvailableFrom).ShouldBe(kind.Available);
                    }
                    if (path.Fewest is { } fewest)
                    {
                        var (yes, no) = (count.Yes, count.No);
                        foreach (var flip in fewest)
                        {
                            flip.Count.ShouldBeInRange(1, path.Kinds.Single(k => k.Kind == flip.Kind).Available);
                            (yes, no) = Flipped(yes, no, flip.Kind, flip.Count);
                        }
                        ByTheBook.Reached(rule, yes, no).ShouldBe(!reached);
                    }
                }
            );
        }
    }

    [Test]
    public void The_largest_effect_of_a_member_is_that_of_the_vote_that_moves_the_margin_most()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var position in Enum.GetValues<Position>())
            {
                var most = Enum.GetValues<Position>()
                    .Max(other => Math.Abs(Margin(rule, other) - Margin(rule, position)));
                PathToGoal.LargestEffect(rule, position).ShouldBe(most, $"{rule} {position}");
            }
        }
        PathToGoal.LargestEffect(TwoThirds, Position.Undecided).ShouldBe(2);
        PathToGoal.LargestEffect(MajorityRule.NotRecorded, Position.Yes).ShouldBeNull();
    }

    private static int Margin(MajorityRule rule, Position position) =>
        rule.Margin(position == Position.Yes ? 1 : 0, position == Position.No ? 1 : 0)!.Value;

    [Test]
    public void From_100_to_60_with_33_others()
    {
        var path = Path(TwoThirds, yes: 100, no: 60, abstain: 20, absent: 3, undecided: 6, unknown: 4);
        path.Reached.ShouldBeFalse();
        path.Kinds.Select(k => (k.Kind, k.Effect, k.Needed, k.Available))
            .ShouldBe([
                (FlipKind.NoToYes, 3, 7, 60),
                (FlipKind.NoToAbstain, 2, 10, 60),
                (FlipKind.OtherToYes, 1, 20, 33),
            ]);
        path.Kinds[2]
            .AvailableFrom.ShouldBe(
                new AvailableFrom
                {
                    Abstain = 20,
                    Absent = 3,
                    Undecided = 6,
                    Unknown = 4,
                }
            );
        // Seven flips: six between the sides and one from another position. 18 + 1 is too little, 18 + 2 is enough.
        path.Fewest.ShouldBe([
            new FlipCount { Kind = FlipKind.NoToYes, Count = 6 },
            new FlipCount { Kind = FlipKind.NoToAbstain, Count = 1 },
        ]);
    }

    [Test]
    public void From_120_to_14_what_would_lose_it()
    {
        var path = Path(TwoThirds, yes: 120, no: 14, abstain: 45, absent: 4, undecided: 6, unknown: 2);
        path.Reached.ShouldBeTrue();
        path.Kinds.Select(k => (k.Kind, k.Effect, k.Needed, k.Available))
            .ShouldBe([
                (FlipKind.YesToNo, -3, 31, 120),
                (FlipKind.YesToAbstain, -1, 93, 120),
                (FlipKind.OtherToNo, -2, 47, 57),
            ]);
        path.Flips.ShouldBe(31);
    }

    [Test]
    public void Abstentions_alone_reach_no_majority()
    {
        var path = Path(TwoThirds, yes: 0, no: 3, abstain: 2);
        path.Kinds.Single(k => k.Kind == FlipKind.NoToAbstain).Needed.ShouldBeNull();
        // The only yes abstains, and no member votes.
        Path(TwoThirds, yes: 1, no: 0).Kinds.Single(k => k.Kind == FlipKind.YesToAbstain).Needed.ShouldBe(1);
    }

    [Test]
    public void Without_any_position_one_yes_is_enough()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            var path = Path(rule, unknown: 193);
            path.Fewest.ShouldBe([new FlipCount { Kind = FlipKind.OtherToYes, Count = 1 }]);
            path.Kinds.Where(k => k.Kind != FlipKind.OtherToYes).ShouldAllBe(k => k.Needed == null && k.Available == 0);
        }
    }

    [Test]
    public void Without_eligible_members_there_is_no_path()
    {
        var path = Path(TwoThirds, ineligible: 193);
        path.Fewest.ShouldBeNull();
        path.Flips.ShouldBeNull();
        path.Kinds.ShouldAllBe(k => k.Needed == null && k.Available == 0);
    }

    [Test]
    public void Without_a_rule_there_is_nothing_to_reach() =>
        PathToGoal.From(MajorityRule.NotRecorded, new VoteCount { Yes = 3 }).ShouldBeNull();

    [TestCase(TwoThirds, FlipKind.NoToAbstain, 2)]
    [TestCase(TwoThirds, FlipKind.NoToYes, 3)]
    [TestCase(TwoThirds, FlipKind.OtherToYes, 1)]
    [TestCase(TwoThirds, FlipKind.YesToNo, -3)]
    [TestCase(TwoThirds, FlipKind.YesToAbstain, -1)]
    [TestCase(TwoThirds, FlipKind.OtherToNo, -2)]
    [TestCase(Simple, FlipKind.NoToAbstain, 1)]
    [TestCase(Simple, FlipKind.NoToYes, 2)]
    [TestCase(Simple, FlipKind.OtherToYes, 1)]
    [TestCase(Simple, FlipKind.YesToNo, -2)]
    [TestCase(Simple, FlipKind.YesToAbstain, -1)]
    [TestCase(Simple, FlipKind.OtherToNo, -1)]
    public void Each_flip_has_its_effect_on_the_margin(MajorityRule rule, FlipKind kind, int effect) =>
        PathToGoal.Effect(rule, kind).ShouldBe(effect);

    private static PathToGoal Path(
        MajorityRule rule,
        int yes = 0,
        int no = 0,
        int abstain = 0,
        int absent = 0,
        int undecided = 0,
        int unknown = 0,
        int ineligible = 0
    ) =>
        PathToGoal.From(
            rule,
            VoteCount.FromBallots(Assemblies.Ballots(yes, no, abstain, absent, undecided, unknown, ineligible))
        )!;

    private static int? FewestByTrying(MajorityRule rule, VoteCount count, FlipKind? only = null)
    {
        var reached = ByTheBook.Reached(rule, count.Yes, count.No);
        var others = count.Eligible - count.Yes - count.No;
        var fewest = (int?)null;
        // In each of the three groups, some members end as yes, some as no, and the others as neither.
        for (var yesToNo = 0; yesToNo <= count.Yes; yesToNo++)
        for (var yesToAbstain = 0; yesToAbstain <= count.Yes - yesToNo; yesToAbstain++)
        for (var noToYes = 0; noToYes <= count.No; noToYes++)
        for (var noToAbstain = 0; noToAbstain <= count.No - noToYes; noToAbstain++)
        for (var otherToYes = 0; otherToYes <= others; otherToYes++)
        for (var otherToNo = 0; otherToNo <= others - otherToYes; otherToNo++)
        {
            int[] flips = [noToAbstain, noToYes, otherToYes, yesToAbstain, yesToNo, otherToNo];
            if (only is { } kind && flips.Where((n, i) => i != (int)kind).Any(n => n > 0))
            {
                continue;
            }
            var (yes, no) = (count.Yes, count.No);
            for (var i = 0; i < flips.Length; i++)
            {
                (yes, no) = Flipped(yes, no, (FlipKind)i, flips[i]);
            }
            if (ByTheBook.Reached(rule, yes, no) != reached && !(flips.Sum() >= fewest))
            {
                fewest = flips.Sum();
            }
        }
        return fewest;
    }

    private static (int Yes, int No) Flipped(int yes, int no, FlipKind kind, int n) =>
        kind switch
        {
            FlipKind.NoToAbstain => (yes, no - n),
            FlipKind.NoToYes => (yes + n, no - n),
            FlipKind.OtherToYes => (yes + n, no),
            FlipKind.YesToAbstain => (yes - n, no),
            FlipKind.YesToNo => (yes - n, no + n),
            _ => (yes, no + n),
        };

    private static int Sum(AvailableFrom from) =>
        from.Yes + from.No + from.Abstain + from.Absent + from.Undecided + from.Unknown;
}
