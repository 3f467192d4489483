using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>Properties that the tally of every assembly has.</summary>
public sealed class TallyPropertiesTests
{
    [Test]
    public void States_that_change_places_never_change_the_tally()
    {
        var permuted =
            from ballots in Assemblies.Any.Generator
            from names in Gen.Shuffle(ballots.Select(b => b.MemberState))
            from shuffled in Gen.Shuffle(ballots.Zip(names, (ballot, name) => ballot with { MemberState = name }))
            from counting in Gen.Elements(Enum.GetValues<Counting>())
            select (ballots, shuffled, counting);

        Assemblies.ForAll(
            Arb.From(permuted),
            p =>
                Tally
                    .FromStandings(Assemblies.Create(p.shuffled), p.counting)
                    .ShouldBe(Tally.FromStandings(Assemblies.Create(p.ballots), p.counting))
        );
    }

    [Test]
    public void A_no_turned_into_an_abstention_never_loses_the_majority() =>
        Never_loses_the_majority(ballots => (ballots.And(Position.No), ballots.And(Position.Abstain)));

    [Test]
    public void A_yes_more_never_loses_the_majority() =>
        Never_loses_the_majority(ballots => (ballots, ballots.And(Position.Yes)));

    [Test]
    public void A_no_turned_into_a_yes_never_loses_the_majority() =>
        Never_loses_the_majority(ballots => (ballots.And(Position.No), ballots.And(Position.Yes)));

    [Test]
    public void Members_that_do_not_vote_never_change_what_is_reached()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                Assemblies.Any,
                ballots =>
                {
                    var tally = Tally.FromStandings(Assemblies.Create(ballots, rule));
                    foreach (var position in (Position[])[Position.Abstain, Position.Absent, Position.Undecided])
                    {
                        var more = Tally.FromStandings(Assemblies.Create(ballots.And(position), rule));
                        (more.Reached, more.Required, more.Margin).ShouldBe(
                            (tally.Reached, tally.Required, tally.Margin)
                        );
                    }
                }
            );
        }
    }

    [Test]
    public void Counting_only_the_confirmed_never_counts_more_yes_or_no() =>
        Assemblies.ForAll(
            Assemblies.Any,
            ballots =>
            {
                var all = Tally.FromStandings(Assemblies.Create(ballots));
                var confirmed = Tally.FromStandings(Assemblies.Create(ballots), Counting.Confirmed);
                confirmed.Yes.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(all.Yes.ShouldNotBeNull());
                confirmed.No.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(all.No.ShouldNotBeNull());
                confirmed.Unknown.ShouldBe(all.Unknown);
                confirmed.Ineligible.ShouldBe(all.Ineligible);
                confirmed.Eligible.ShouldBe(all.Eligible);
            }
        );

    private static void Never_loses_the_majority(Func<Ballot[], (Ballot[] Before, Ballot[] After)> change)
    {
        foreach (var rule in ByTheBook.Rules)
        {
            var reached = 0;
            Assemblies.ForAll(
                Assemblies.Any,
                ballots =>
                {
                    var (before, after) = change(ballots);
                    if (Tally.FromStandings(Assemblies.Create(before, rule)).Reached == true)
                    {
                        reached++;
                        Tally.FromStandings(Assemblies.Create(after, rule)).Reached.ShouldBe(true);
                    }
                }
            );
            reached.ShouldBeGreaterThan(10);
        }
    }
}
