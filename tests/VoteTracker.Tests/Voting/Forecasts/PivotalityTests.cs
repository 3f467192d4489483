using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class PivotalityTests
{
    [Test]
    public void Pivotality_is_the_difference_over_all_outcomes()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Any(7),
                members => Check(rule, members, other => ForecastSamples.Probability(rule, other), 1e-12)
            );
        }
    }

    [Test]
    public void Pivotality_is_exact_with_193_members()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            var members = ForecastSamples.Whole.Generator.Sample(1).Single();
            Check(rule, members, other => Forecast.Compute(rule, other).Probability!.Value, 1e-12);
        }
    }

    [Test]
    public void A_yes_never_lowers_and_a_no_never_raises_the_chance()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                ForecastSamples.Whole,
                members =>
                {
                    foreach (var pivotality in Pivotality.Compute(rule, members))
                    {
                        pivotality.Yes.ShouldBeGreaterThanOrEqualTo(-1e-12);
                        pivotality.No.ShouldBeLessThanOrEqualTo(1e-12);
                        pivotality.Abstain.ShouldBeInRange(pivotality.No - 1e-12, pivotality.Yes + 1e-12);
                    }
                }
            );
        }
    }

    [Test]
    public void An_abstention_may_lower_or_raise_it()
    {
        var (yes, no) = (Chances.Certain(Vote.Yes), Chances.Certain(Vote.No));
        Pivotality.Compute(MajorityRule.TwoThirds, [yes, yes, no])[0].ShouldBe(new Pivotality(0, -1, -1));
        Pivotality.Compute(MajorityRule.TwoThirds, [yes, no, no])[1].ShouldBe(new Pivotality(1, 0, 0));
        Pivotality.Compute(MajorityRule.TwoThirds, [yes, no])[1].ShouldBe(new Pivotality(1, 0, 1));
        Pivotality.Compute(MajorityRule.TwoThirds, []).ShouldBeEmpty();
    }

    [Test]
    public void Memory_does_not_grow_with_the_square_of_the_members()
    {
        var members = ForecastSamples.Whole.Generator.Sample(1).Single();
        Chances[] twice = [.. members, .. members];
        Pivotality.Compute(MajorityRule.TwoThirds, twice);
        (Allocated(twice) / (double)Allocated(members)).ShouldBeLessThan(2.5);
        Allocated(members).ShouldBeLessThan(100_000);

        static long Allocated(Chances[] members)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Pivotality.Compute(MajorityRule.TwoThirds, members);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Check(MajorityRule rule, Chances[] members, Func<Chances[], double> probability, double hair)
    {
        var before = probability(members);
        var pivotalities = Pivotality.Compute(rule, members);
        pivotalities.Count.ShouldBe(members.Length);
        for (var i = 0; i < members.Length; i++)
        {
            pivotalities[i].Yes.ShouldBe(probability(members.With(i, Chances.Certain(Vote.Yes))) - before, hair);
            pivotalities[i].No.ShouldBe(probability(members.With(i, Chances.Certain(Vote.No))) - before, hair);
            pivotalities[i]
                .Abstain.ShouldBe(probability(members.With(i, Chances.Certain(Vote.Abstain))) - before, hair);
        }
    }
}
