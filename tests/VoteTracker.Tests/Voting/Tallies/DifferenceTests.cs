using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

public sealed class DifferenceTests
{
    private static readonly Arbitrary<(Standings Before, Standings After)> Any = Arb.From(
        from before in Standing()
        from after in Standing()
        select (before, after)
    );

    [TestCase(Counting.All)]
    [TestCase(Counting.Confirmed)]
    public void The_effects_of_all_moves_add_up_to_the_change_of_the_margin(Counting counting) =>
        Assemblies.ForAll(
            Any,
            p =>
            {
                var moves = Difference.Between(p.Before, p.After, counting);
                var (from, to) = (
                    Tally.FromStandings(p.Before, counting).Margin,
                    Tally.FromStandings(p.After, counting).Margin
                );
                if (from is null || to is null)
                {
                    moves.ShouldAllBe(m => m.Effect == null);
                    return;
                }
                moves.Sum(m => m.Effect!.Value).ShouldBe(to.Value - from.Value);
            }
        );

    [Test]
    public void The_effect_of_a_move_is_the_change_of_the_margin_by_it_alone() =>
        Assemblies.ForAll(
            Any,
            p =>
            {
                if (p.Before.Basis != p.After.Basis || Tally.FromStandings(p.Before).Margin is not { } margin)
                {
                    return;
                }
                var after = p.After with { Rule = p.Before.Rule };
                foreach (var moves in Difference.Between(p.Before, after).GroupBy(m => m.MemberState))
                {
                    var alone = p.Before with
                    {
                        Ballots =
                        [
                            .. p.Before.Ballots.Where(b => b.MemberState != moves.Key),
                            .. after.Ballots.Where(b => b.MemberState == moves.Key),
                        ],
                    };
                    moves
                        .Sum(m => m.Effect!.Value)
                        .ShouldBe(Tally.FromStandings(alone).Margin!.Value - margin, moves.Key);
                }
            }
        );

    [Test]
    public void A_member_without_a_move_has_not_changed() =>
        Assemblies.ForAll(
            Any,
            p =>
            {
                var moved = Difference.Between(p.Before, p.After).Select(m => m.MemberState).ToHashSet();
                var (before, after) = (ByMember(p.Before), ByMember(p.After));
                foreach (var member in before.Keys.Union(after.Keys).Where(m => !moved.Contains(m)))
                {
                    after[member].Position.ShouldBe(before[member].Position, member);
                    after[member].Eligible.ShouldBe(before[member].Eligible, member);
                }
                Difference.Between(p.Before, p.Before).ShouldBeEmpty();
            }
        );

    [Test]
    public void A_stance_and_an_eligibility_that_both_moved_are_two_moves()
    {
        var before = Assemblies.Create([new Ballot("ZAF", Position.No, Certainty.Likely, Eligible: true)]);
        var after = Assemblies.Create([new Ballot("ZAF", Position.Yes, Certainty.Confirmed, Eligible: false)]);
        Difference
            .Between(before, after)
            .Select(m => (m.What, m.From, m.To, m.Effect))
            .ShouldBe([(MoveKind.Stance, "no", "yes", 3), (MoveKind.Eligibility, "may-vote", "may-not-vote", -1)]);
    }

    [Test]
    public void A_change_of_the_rule_is_a_move_of_its_own_after_the_members()
    {
        var before = Assemblies.Create(Assemblies.Ballots(yes: 10, no: 4), MajorityRule.TwoThirds);
        var after = Assemblies.Create(Assemblies.Ballots(yes: 9, no: 5), MajorityRule.SimpleMajority);
        var moves = Difference.Between(before, after);
        moves.Select(m => (m.What, m.Effect)).ShouldBe([(MoveKind.Stance, -3), (MoveKind.Rule, 5)]);
        (moves[1].From, moves[1].To).ShouldBe(("two-thirds", "simple-majority"));
    }

    [Test]
    public void An_expected_vote_is_a_move_only_if_the_stance_was_not_counted()
    {
        var before = Assemblies.Create([new Ballot("ZAF", Position.Yes, Certainty.Likely, Eligible: true)]);
        var after = Assemblies.Create([Ballot.Recorded("ZAF", Vote.Yes)], basis: Basis.RecordedVotes);
        Difference.Between(before, after).ShouldBeEmpty();
        var move = Difference.Between(before, after, Counting.Confirmed).ShouldHaveSingleItem();
        (move.What, move.From, move.To, move.Effect).ShouldBe((MoveKind.Vote, "yes", "yes", 1));
    }

    [Test]
    public void With_totals_only_the_basis_is_the_move()
    {
        var before = Assemblies.Create(Assemblies.Ballots(yes: 10, no: 4));
        var after = Assemblies.Create([], basis: Basis.Announced) with
        {
            Announced = new AnnouncedTotals(9, 1, 4, null),
        };
        var move = Difference.Between(before, after).ShouldHaveSingleItem();
        (move.What, move.From, move.To, move.Effect).ShouldBe((MoveKind.Basis, "stances", "announced", 5));
        var corrected = after with { Announced = new AnnouncedTotals(9, 2, 4, null) };
        Difference.Between(after, corrected).ShouldHaveSingleItem().Effect.ShouldBe(-2);
        var withdrawn = Assemblies.Create([], basis: Basis.None);
        Difference.Between(before, withdrawn).ShouldHaveSingleItem().Effect.ShouldBeNull();
    }

    private static Gen<Standings> Standing() =>
        from rule in Gen.Elements(Enum.GetValues<MajorityRule>())
        from voted in Gen.Elements(true, false)
        from ballots in voted ? Assemblies.RollCalls.Generator : Assemblies.Any.Generator
        select Assemblies.Create(ballots, rule, voted ? Basis.RecordedVotes : Basis.Stances);

    private static Dictionary<string, Ballot> ByMember(Standings standings) =>
        standings.Ballots.ToDictionary(b => b.MemberState, StringComparer.Ordinal);
}
