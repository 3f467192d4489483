using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class QuorumTests
{
    [TestCase(193, 97)]
    [TestCase(192, 97)]
    [TestCase(191, 96)]
    [TestCase(60, 31)]
    [TestCase(1, 1)]
    public void The_quorum_is_a_majority_of_the_members(int members, int required)
    {
        Quorum.Before(members, 0, 0).Required.ShouldBe(required);
        Quorum.After(members, 0).Required.ShouldBe(required);
    }

    [TestCase(193, 179, 8, true)]
    [TestCase(193, 97, 0, true)]
    [TestCase(193, 96, 1, null)]
    [TestCase(193, 0, 193, null)]
    [TestCase(193, 0, 97, null)]
    [TestCase(193, 0, 96, false)]
    [TestCase(193, 96, 0, false)]
    [TestCase(193, 65, 31, false)]
    public void Before_the_vote_the_quorum_is_met_not_met_or_open(int members, int present, int open, bool? met)
    {
        var quorum = Quorum.Before(members, present, open);
        quorum.Present.ShouldBe(present);
        quorum.Met.ShouldBe(met);
    }

    [TestCase(65)]
    [TestCase(193)]
    [TestCase(null)]
    public void After_the_vote_the_quorum_is_null(int? present)
    {
        var quorum = Quorum.After(193, present);
        quorum.Present.ShouldBe(present);
        quorum.Met.ShouldBeNull();
    }

    [Test]
    public void Yes_no_and_abstentions_are_present_and_the_undecided_and_unknown_may_be()
    {
        var ballots = Assemblies.Ballots(
            yes: 40,
            no: 30,
            abstain: 20,
            absent: 90,
            undecided: 4,
            unknown: 3,
            ineligible: 6
        );
        var quorum = Tally.FromStandings(Assemblies.Create(ballots)).Quorum;
        (quorum.Required, quorum.Present, quorum.Met).ShouldBe((97, 90, null));

        ballots = Assemblies.Ballots(yes: 40, no: 30, abstain: 20, absent: 91, undecided: 3, unknown: 3, ineligible: 6);
        Tally.FromStandings(Assemblies.Create(ballots)).Quorum.Met.ShouldBe(false);
    }

    [Test]
    public void The_quorum_holds_for_every_choice_of_the_undecided() =>
        Assemblies.ForAll(
            Assemblies.Any,
            ballots =>
            {
                var quorum = Tally.FromStandings(Assemblies.Create(ballots)).Quorum;
                if (quorum.Met is { } met)
                {
                    (Filled(Position.Abstain) * 2 > ballots.Length).ShouldBe(met);
                    (Filled(Position.Absent) * 2 > ballots.Length).ShouldBe(met);
                }
                else
                {
                    (Filled(Position.Abstain) * 2).ShouldBeGreaterThan(ballots.Length);
                    (Filled(Position.Absent) * 2).ShouldBeLessThanOrEqualTo(ballots.Length);
                }

                int Filled(Position open) =>
                    ballots
                        .Where(b => b.Eligible)
                        .Select(b => b.Position is Position.Undecided or Position.Unknown ? open : b.Position)
                        .Count(p => p is Position.Yes or Position.No or Position.Abstain);
            }
        );
}
