using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class MajorityTests
{
    private const MajorityRule TwoThirds = MajorityRule.TwoThirds;
    private const MajorityRule Simple = MajorityRule.SimpleMajority;

    [TestCase(TwoThirds, 0, 0, false)]
    [TestCase(TwoThirds, 0, 1, false)]
    [TestCase(TwoThirds, 1, 0, true)]
    [TestCase(TwoThirds, 1, 1, false)]
    [TestCase(TwoThirds, 2, 1, true)]
    [TestCase(TwoThirds, 64, 1, true)]
    [TestCase(TwoThirds, 88, 55, false)]
    [TestCase(TwoThirds, 128, 64, true)]
    [TestCase(TwoThirds, 128, 65, false)]
    [TestCase(TwoThirds, 127, 64, false)]
    [TestCase(TwoThirds, 149, 12, true)]
    [TestCase(Simple, 0, 0, false)]
    [TestCase(Simple, 0, 1, false)]
    [TestCase(Simple, 1, 0, true)]
    [TestCase(Simple, 1, 1, false)]
    [TestCase(Simple, 2, 1, true)]
    [TestCase(Simple, 64, 1, true)]
    [TestCase(Simple, 65, 64, true)]
    [TestCase(Simple, 96, 96, false)]
    [TestCase(Simple, 128, 65, true)]
    public void A_majority_is_reached_with_these_votes_and_not_with_others(
        MajorityRule rule,
        int yes,
        int no,
        bool reached
    ) => rule.Reached(yes, no).ShouldBe(reached);

    [Test]
    public void A_majority_is_reached_exactly_as_the_Charter_says()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in ByTheBook.Votes(upTo: 200))
            {
                rule.Reached(yes, no).ShouldBe(ByTheBook.Reached(rule, yes, no), $"{rule} {yes}-{no}");
            }
        }
    }

    [TestCase(TwoThirds, 0, 1)]
    [TestCase(TwoThirds, 1, 1)]
    [TestCase(TwoThirds, 2, 2)]
    [TestCase(TwoThirds, 3, 2)]
    [TestCase(TwoThirds, 134, 90)]
    [TestCase(TwoThirds, 143, 96)]
    [TestCase(TwoThirds, 160, 107)]
    [TestCase(TwoThirds, 192, 128)]
    [TestCase(TwoThirds, 193, 129)]
    [TestCase(Simple, 0, 1)]
    [TestCase(Simple, 1, 1)]
    [TestCase(Simple, 2, 2)]
    [TestCase(Simple, 134, 68)]
    [TestCase(Simple, 160, 81)]
    [TestCase(Simple, 193, 97)]
    public void The_required_votes_follow_from_the_members_present_and_voting(
        MajorityRule rule,
        int voting,
        int required
    ) => rule.Required(voting).ShouldBe(required);

    [Test]
    public void Required_is_the_smallest_yes_that_reaches_it_and_at_least_one()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            for (var voting = 0; voting <= 200; voting++)
            {
                var smallest = ByTheBook.First(yes => rule.Reached(yes, Math.Max(0, voting - yes)) == true);
                rule.Required(voting).ShouldBe(smallest, $"{rule} of {voting}");
                smallest.ShouldBeGreaterThanOrEqualTo(1);
            }
        }
    }

    [TestCase(TwoThirds, 120, 14, 92)]
    [TestCase(TwoThirds, 128, 64, 0)]
    [TestCase(TwoThirds, 128, 65, -2)]
    [TestCase(TwoThirds, 88, 55, -22)]
    [TestCase(TwoThirds, 0, 0, 0)]
    [TestCase(Simple, 120, 14, 106)]
    [TestCase(Simple, 96, 96, 0)]
    [TestCase(Simple, 55, 88, -33)]
    public void The_margin_is_the_distance_from_the_threshold(MajorityRule rule, int yes, int no, int margin) =>
        rule.Margin(yes, no).ShouldBe(margin);

    [TestCase(TwoThirds, Position.No, Position.Abstain, +2)]
    [TestCase(TwoThirds, Position.No, Position.Yes, +3)]
    [TestCase(TwoThirds, Position.Abstain, Position.Yes, +1)]
    [TestCase(TwoThirds, Position.Absent, Position.Yes, +1)]
    [TestCase(TwoThirds, Position.Undecided, Position.Yes, +1)]
    [TestCase(TwoThirds, Position.Unknown, Position.Yes, +1)]
    [TestCase(TwoThirds, Position.Yes, Position.No, -3)]
    [TestCase(TwoThirds, Position.Yes, Position.Abstain, -1)]
    [TestCase(TwoThirds, Position.Abstain, Position.No, -2)]
    [TestCase(TwoThirds, Position.Absent, Position.No, -2)]
    [TestCase(TwoThirds, Position.Undecided, Position.No, -2)]
    [TestCase(TwoThirds, Position.Unknown, Position.No, -2)]
    [TestCase(TwoThirds, Position.Abstain, Position.Absent, 0)]
    [TestCase(Simple, Position.No, Position.Abstain, +1)]
    [TestCase(Simple, Position.No, Position.Yes, +2)]
    [TestCase(Simple, Position.Abstain, Position.Yes, +1)]
    [TestCase(Simple, Position.Absent, Position.Yes, +1)]
    [TestCase(Simple, Position.Undecided, Position.Yes, +1)]
    [TestCase(Simple, Position.Unknown, Position.Yes, +1)]
    [TestCase(Simple, Position.Yes, Position.No, -2)]
    [TestCase(Simple, Position.Yes, Position.Abstain, -1)]
    [TestCase(Simple, Position.Abstain, Position.No, -1)]
    [TestCase(Simple, Position.Absent, Position.No, -1)]
    [TestCase(Simple, Position.Undecided, Position.No, -1)]
    [TestCase(Simple, Position.Unknown, Position.No, -1)]
    [TestCase(Simple, Position.Abstain, Position.Absent, 0)]
    public void A_change_of_a_vote_moves_the_margin(MajorityRule rule, Position from, Position to, int gain) =>
        Assemblies.ForAll(
            Assemblies.Any,
            ballots =>
            {
                var before = Tally.FromStandings(Assemblies.Create(ballots.And(from), rule));
                var after = Tally.FromStandings(Assemblies.Create(ballots.And(to), rule));
                (after.Margin - before.Margin).ShouldBe(gain);
            }
        );

    [Test]
    public void A_reached_majority_survives_exactly_the_spare_no_votes()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in ByTheBook.Votes(upTo: 60).Where(v => ByTheBook.Reached(rule, v.Yes, v.No)))
            {
                var defeating = ByTheBook.First(more => !ByTheBook.Reached(rule, yes, no + more));
                rule.SpareNoVotes(Margin(rule, yes, no)).ShouldBe(defeating - 1, $"{rule} {yes}-{no}");
            }
        }
    }

    [Test]
    public void A_missed_majority_lacks_exactly_the_missing_yes_votes()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in FallenShort(rule))
            {
                var carrying = ByTheBook.First(more => ByTheBook.Reached(rule, yes + more, no));
                rule.MissingYes(Margin(rule, yes, no)).ShouldBe(carrying, $"{rule} {yes}-{no}");
            }
        }
    }

    [Test]
    public void A_missed_majority_lacks_exactly_the_missing_abstentions()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            // Without a yes vote, no abstention helps, so the sentence leaves them out.
            foreach (var (yes, no) in FallenShort(rule).Where(v => v.Yes > 0))
            {
                var carrying = ByTheBook.First(turned => ByTheBook.Reached(rule, yes, no - turned));
                carrying.ShouldBeLessThanOrEqualTo(no);
                rule.MissingAbstentions(Margin(rule, yes, no)).ShouldBe(carrying, $"{rule} {yes}-{no}");
            }
        }
    }

    [Test]
    public void Without_a_recorded_rule_the_result_is_null()
    {
        const MajorityRule rule = MajorityRule.NotRecorded;
        rule.Reached(128, 64).ShouldBeNull();
        rule.Required(192).ShouldBeNull();
        rule.Margin(128, 64).ShouldBeNull();
        rule.Outlook(128, 64, 1).ShouldBeNull();
    }

    private static int Margin(MajorityRule rule, int yes, int no) => rule.Margin(yes, no).ShouldNotBeNull();

    private static IEnumerable<(int Yes, int No)> FallenShort(MajorityRule rule) =>
        ByTheBook.Votes(upTo: 60).Where(v => v is not (0, 0) && !ByTheBook.Reached(rule, v.Yes, v.No));
}
