using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class PressureTests
{
    private static readonly PressureShares Shares = PressureShares.Default;
    private static readonly PressureTarget[] Targets = Enum.GetValues<PressureTarget>();
    private static readonly PressureLevel[] Levels = Enum.GetValues<PressureLevel>();

    private static readonly Gen<Pressure> One =
        from towards in Gen.Elements(Targets)
        from level in Gen.Elements(Levels)
        select new Pressure(towards, level);

    private static readonly Gen<PressureShares> AnyShares =
        from shares in Gen.Frequency((1, Gen.Constant(0)), (8, Gen.Choose(0, 99))).ArrayOf(3)
        let sorted = shares.Order().ToArray()
        select new PressureShares
        {
            Low = sorted[0] / 100d,
            Medium = sorted[1] / 100d,
            High = sorted[2] / 100d,
        };

    private static readonly Arbitrary<(Chances Chances, Pressure[] Pressures, PressureShares Shares)> Any = Arb.From(
        from chances in ForecastSamples.Chance
        from size in Gen.Frequency((9, Gen.Choose(0, 6)), (1, Gen.Choose(100, 3_000)))
        from pressures in One.ArrayOf(size)
        from shares in AnyShares
        select (chances, pressures, shares)
    );

    [Test]
    public void The_chances_under_pressure_are_probabilities_that_add_up_to_1() =>
        Assemblies.ForAll(
            Any,
            any =>
            {
                var after = Apply(any.Chances, any.Pressures, any.Shares);
                foreach (var vote in Enum.GetValues<Vote>())
                {
                    after[vote].ShouldBeInRange(0, 1);
                }
                (after.Yes + after.No + after.Abstain + after.Absent).ShouldBe(1, 1e-12);
                if (PressureEffect.Combine(any.Pressures, any.Shares) is { } effect)
                {
                    effect.Moved.ShouldBeInRange(0, 1);
                    effect.Moved.ShouldBeGreaterThan(0);
                }
            }
        );

    [Test]
    public void The_order_of_the_pressures_does_not_matter_to_the_last_bit() =>
        Assemblies.ForAll(
            Any,
            any =>
            {
                var expected = Apply(any.Chances, any.Pressures, any.Shares);
                Apply(any.Chances, [.. any.Pressures.Reverse()], any.Shares).ShouldBe(expected);
                Apply(any.Chances, [.. any.Pressures.OrderBy(p => p.Level)], any.Shares).ShouldBe(expected);
            }
        );

    [Test]
    public void A_further_pressure_and_a_higher_level_never_lower_the_chance_of_its_vote() =>
        Assemblies.ForAll(
            Any,
            any =>
            {
                foreach (var target in Targets)
                {
                    var vote = VoteOf(target);
                    var last = Apply(any.Chances, any.Pressures, any.Shares)[vote];
                    foreach (var level in Levels)
                    {
                        Pressure[] more = [.. any.Pressures, new Pressure(target, level)];
                        var now = Apply(any.Chances, more, any.Shares)[vote];
                        now.ShouldBeGreaterThanOrEqualTo(last - 1e-12, $"{target} {level}");
                        last = now;
                    }
                }
            }
        );

    [Test]
    public void Pressures_of_two_users_work_like_one_after_the_other_if_they_push_to_the_same_vote()
    {
        var chances = Chances.Normalize(0.5, 0.1, 0.3, 0.1);
        var low = new Pressure(PressureTarget.No, PressureLevel.Low);
        var high = new Pressure(PressureTarget.No, PressureLevel.High);
        Apply(chances, [low], Shares).No.ShouldBe(0.1 + 0.05 * 0.9, 1e-12);
        var both = Apply(chances, [high, low], Shares);
        var oneByOne = Apply(Apply(chances, [high], Shares), [low], Shares);
        both.No.ShouldBe(1 - 0.95 * 0.7 * 0.9, 1e-12);
        both.No.ShouldBe(oneByOne.No, 1e-12);
        both.Yes.ShouldBe(0.5 * 0.95 * 0.7, 1e-12);
    }

    [Test]
    public void Opposite_pressures_divide_what_they_move_by_their_strength()
    {
        var chances = Chances.Normalize(0.2, 0.2, 0.5, 0.1);
        var yes = new Pressure(PressureTarget.Yes, PressureLevel.Medium);
        var no = new Pressure(PressureTarget.No, PressureLevel.Medium);
        var even = PressureEffect.Combine([yes, no], Shares)!;
        even.Moved.ShouldBe(1 - 0.85 * 0.85, 1e-12);
        (even.To.Yes, even.To.No).ShouldBe((0.5, 0.5));
        var after = even.Apply(chances);
        after.Yes.ShouldBe(after.No, 1e-12);
        after.Abstain.ShouldBe(0.5 * 0.85 * 0.85, 1e-12);
        // Three against one.
        var uneven = PressureEffect.Combine([yes, no, yes, yes], Shares)!;
        uneven.To.Yes.ShouldBe(0.75, 1e-12);
    }

    [Test]
    public void A_certain_vote_is_moved_and_a_share_of_0_moves_nothing()
    {
        var certain = Chances.Certain(Vote.Yes);
        Apply(certain, [new Pressure(PressureTarget.Absent, PressureLevel.High)], Shares).Absent.ShouldBe(0.3, 1e-12);
        // A pressure to the vote that is certain anyway changes nothing.
        Apply(certain, [new Pressure(PressureTarget.Yes, PressureLevel.High)], Shares).Yes.ShouldBe(1, 1e-12);
        var nothing = new PressureShares
        {
            Low = 0,
            Medium = 0,
            High = 0.5,
        };
        PressureEffect.Combine([new Pressure(PressureTarget.No, PressureLevel.Medium)], nothing).ShouldBeNull();
        PressureEffect.Combine([], Shares).ShouldBeNull();
    }

    [Test]
    public void The_part_of_a_path_is_half_without_pressure_and_rises_towards_the_flip()
    {
        var towards = PressureEffect.Combine([new Pressure(PressureTarget.Yes, PressureLevel.High)], Shares)!;
        towards.Help(FlipKind.NoToYes).ShouldBe(0.65, 1e-12);
        towards.Help(FlipKind.OtherToYes).ShouldBe(0.65, 1e-12);
        towards.Help(FlipKind.NoToAbstain).ShouldBe(0.35, 1e-12);
        towards.Help(FlipKind.OtherToNo).ShouldBe(0.35, 1e-12);
        var away = PressureEffect.Combine([new Pressure(PressureTarget.Absent, PressureLevel.High)], Shares)!;
        // Who does not vote is no yes and no no, like an abstention.
        away.Help(FlipKind.YesToAbstain).ShouldBe(0.65, 1e-12);
        away.Help(FlipKind.YesToNo).ShouldBe(0.35, 1e-12);
        var record = new Expectation
        {
            Chances = Chances.Normalize(0.4, 0.3, 0.2, 0.1),
            Base = Chances.Normalize(0.4, 0.3, 0.2, 0.1),
            BaseFrom = ChancesFrom.Record,
        };
        var with = Reachability.Compute(FlipKind.OtherToYes, record, null, null, new PressuresOn(towards));
        var without = Reachability.Compute(FlipKind.OtherToYes, record, null, null);
        var none = Reachability.Compute(FlipKind.OtherToYes, record, null, null, new PressuresOn(null));
        (without.Pressure, none.Pressure).ShouldBe((null, 0.5));
        with.Product.ShouldBe(without.Product * 0.65, 1e-12);
        none.Product.ShouldBe(without.Product * 0.5, 1e-12);
    }

    private static Chances Apply(Chances chances, Pressure[] pressures, PressureShares shares) =>
        PressureEffect.Combine(pressures, shares)?.Apply(chances) ?? chances;

    private static Vote VoteOf(PressureTarget target) =>
        target switch
        {
            PressureTarget.Yes => Vote.Yes,
            PressureTarget.No => Vote.No,
            PressureTarget.Abstain => Vote.Abstain,
            _ => Vote.NonVoting,
        };
}
