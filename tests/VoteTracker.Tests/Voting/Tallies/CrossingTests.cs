using Shouldly;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

internal sealed class CrossingTests
{
    [TestCase(4, 2, 3, 2, ExpectedResult = Crossing.NoLongerReached)]
    [TestCase(3, 2, 4, 2, ExpectedResult = Crossing.Reached)]
    [TestCase(4, 3, 4, 2, ExpectedResult = Crossing.Reached)]
    [TestCase(4, 2, 5, 2, ExpectedResult = null)]
    [TestCase(1, 2, 2, 2, ExpectedResult = null)]
    [TestCase(0, 0, 1, 0, ExpectedResult = Crossing.Reached)]
    public Crossing? The_threshold_is_crossed_when_the_majority_is_reached_or_lost(
        int yesBefore,
        int noBefore,
        int yesAfter,
        int noAfter
    ) => Crossings.Between(Count(yesBefore, noBefore), Count(yesAfter, noAfter));

    [Test]
    public void The_opening_of_a_resolution_crosses_no_threshold() =>
        Crossings.Between(before: null, Count(yes: 4, no: 2)).ShouldBeNull();

    [TestCase(Basis.RecordedVotes)]
    [TestCase(Basis.None)]
    public void A_vote_and_its_removal_cross_no_threshold(Basis basis)
    {
        Crossings.Between(Count(yes: 3, no: 2), Count(yes: 4, no: 2, basis)).ShouldBeNull();
        Crossings.Between(Count(yes: 4, no: 2, basis), Count(yes: 3, no: 2)).ShouldBeNull();
    }

    [Test]
    public void A_resolution_without_a_recorded_rule_has_no_threshold() =>
        Crossings.Between(Count(yes: 3, no: 2), Count(yes: 4, no: 2, rule: MajorityRule.NotRecorded)).ShouldBeNull();

    [Test]
    public void A_changed_rule_can_cross_the_threshold() =>
        Crossings
            .Between(Count(yes: 3, no: 2), Count(yes: 3, no: 2, rule: MajorityRule.SimpleMajority))
            .ShouldBe(Crossing.Reached);

    private static Tally Count(
        int yes,
        int no,
        Basis basis = Basis.Stances,
        MajorityRule rule = MajorityRule.TwoThirds
    ) => Tally.FromStandings(Assemblies.Create(Assemblies.Ballots(yes: yes, no: no), rule, basis));
}
