using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

public sealed class TallyTests
{
    [Test]
    public void A_draft_is_counted_as_in_the_example()
    {
        var ballots = Assemblies.Ballots(
            yes: 120,
            no: 14,
            abstain: 45,
            absent: 4,
            undecided: 6,
            unknown: 2,
            ineligible: 2
        );
        var coSponsors = Enumerable.Range(0, 40).Select(Assemblies.Code).Append("PSE").ToArray();

        Tally
            .FromStandings(Assemblies.Create(ballots) with { CoSponsors = coSponsors })
            .ShouldBe(
                new Tally
                {
                    Resolution = "es-10-l-34",
                    AsOf = new DateTimeOffset(2026, 11, 21, 22, 10, 0, TimeSpan.Zero),
                    Version = 812,
                    Counting = Counting.All,
                    Basis = Basis.Stances,
                    Rule = MajorityRule.TwoThirds,
                    Reached = true,
                    Outlook = Outlook.Secured,
                    Yes = 120,
                    No = 14,
                    Abstain = 45,
                    Absent = 4,
                    Undecided = 6,
                    Unknown = 2,
                    Ineligible = 2,
                    Members = 193,
                    Eligible = 191,
                    PresentAndVoting = 134,
                    Required = 90,
                    Margin = 92,
                    Quorum = new Quorum
                    {
                        Required = 97,
                        Present = 179,
                        Met = true,
                    },
                    CoSponsors = 41,
                    Sentence =
                        "120 of 134 present and voting; two thirds is 90. "
                        + "Another 46 no votes would not defeat it; the 47th would.",
                }
            );
    }

    [Test]
    public void An_assembly_of_193_abstentions_adopts_nothing()
    {
        var tally = Tally.FromStandings(Assemblies.Create(Assemblies.Ballots(abstain: 193)));
        tally.Reached.ShouldBe(false);
        tally.Required.ShouldBe(1);
        tally.Outlook.ShouldBe(Outlook.Lost);
        tally.Quorum.Met.ShouldBe(true);
        tally.Sentence.ShouldBe("Nobody is counted as voting.");
    }

    [Test]
    public void The_quorum_is_no_part_of_reached()
    {
        var tally = Tally.FromStandings(Assemblies.Create(Assemblies.Ballots(yes: 64, no: 1, absent: 128)));
        tally.Reached.ShouldBe(true);
        tally.Quorum.Met.ShouldBe(false);
    }

    [Test]
    public void Reached_is_when_yes_is_at_least_what_is_required()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                Assemblies.Any,
                ballots =>
                {
                    var tally = Tally.FromStandings(Assemblies.Create(ballots, rule));
                    tally.Reached.ShouldBe(tally.Yes >= tally.Required);
                }
            );
        }
    }

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

    [Test]
    public void Counting_only_the_confirmed_takes_the_likely_and_the_leaning_for_undecided()
    {
        Ballot[] ballots =
        [
            new("AAA", Position.Yes, Certainty.Confirmed, Eligible: true),
            new("AAB", Position.Yes, Certainty.Likely, Eligible: true),
            new("AAC", Position.No, Certainty.Leaning, Eligible: true),
            new("AAD", Position.Abstain, Certainty.Likely, Eligible: true),
            new("AAE", Position.Absent, Certainty.Leaning, Eligible: true),
            new("AAF", Position.Undecided, Certainty.Likely, Eligible: true),
            new("AAG", Position.Unknown, null, Eligible: true),
        ];
        var tally = Tally.FromStandings(Assemblies.Create(ballots), Counting.Confirmed);
        tally.Counting.ShouldBe(Counting.Confirmed);
        tally.Yes.ShouldBe(1);
        tally.No.ShouldBe(0);
        tally.Abstain.ShouldBe(0);
        tally.Absent.ShouldBe(0);
        tally.Undecided.ShouldBe(5);
        tally.Unknown.ShouldBe(1);
        tally.Outlook.ShouldBe(Outlook.Open);
    }

    [Test]
    public void A_member_that_may_not_vote_counts_as_ineligible_whatever_its_position(
        [Values] Position position,
        [Values] Counting counting
    )
    {
        Ballot[] ballots =
        [
            .. Assemblies.Ballots(yes: 2, no: 1),
            new("ZZZ", position, position == Position.Unknown ? null : Certainty.Likely, Eligible: false),
        ];
        var tally = Tally.FromStandings(Assemblies.Create(ballots), counting);
        tally.Ineligible.ShouldBe(1);
        tally.Members.ShouldBe(4);
        tally.Eligible.ShouldBe(3);
        (tally.Yes, tally.No, tally.Abstain).ShouldBe((2, 1, 0));
        (tally.Absent, tally.Undecided, tally.Unknown).ShouldBe((0, 0, 0));
        tally.Outlook.ShouldBe(Outlook.Secured);
        tally.Quorum.Present.ShouldBe(3);
    }

    [Test]
    public void Without_a_recorded_rule_dependent_values_are_null([Values] Basis basis)
    {
        var standings = Assemblies.Create(
            Assemblies.Ballots(yes: 77, no: 20, abstain: 40),
            MajorityRule.NotRecorded,
            basis
        );
        var tally = Tally.FromStandings(standings with { Announced = new AnnouncedTotals(77, 20, 40, null) });
        tally.Reached.ShouldBeNull();
        tally.Required.ShouldBeNull();
        tally.Margin.ShouldBeNull();
        tally.Outlook.ShouldBeNull();
        tally.Yes.ShouldBe(basis == Basis.None ? null : 77);
    }

    [Test]
    public void A_record_counts_the_names_in_the_roll_call_whatever_the_list_of_members_says()
    {
        Ballot[] ballots =
        [
            Ballot.Recorded("AAA", Vote.Yes),
            Ballot.Recorded("AAB", Vote.Yes),
            Ballot.Recorded("AAC", Vote.No),
            Ballot.Recorded("AAD", Vote.Abstain),
            Ballot.Recorded("AAE", Vote.NonVoting),
        ];
        var standings = Assemblies.Create(ballots, basis: Basis.RecordedVotes) with { Members = ["AAA", "ZZZ"] };
        foreach (var counting in Enum.GetValues<Counting>())
        {
            var tally = Tally.FromStandings(standings, counting);
            tally.Basis.ShouldBe(Basis.RecordedVotes);
            tally.Members.ShouldBe(5);
            tally.Eligible.ShouldBe(5);
            (tally.Yes, tally.No, tally.Abstain, tally.Absent).ShouldBe((2, 1, 1, 1));
            (tally.Undecided, tally.Unknown, tally.Ineligible).ShouldBe((0, 0, 0));
            tally.Reached.ShouldBe(true);
            tally.Outlook.ShouldBe(Outlook.Secured);
            tally.Sentence.ShouldBe("2 of 3 present and voting; two thirds was 2.");
        }
    }

    [Test]
    public void A_record_that_fell_short_is_lost()
    {
        var ballots = Enumerable
            .Range(0, 143)
            .Select(i => Ballot.Recorded(Assemblies.Code(i), i < 88 ? Vote.Yes : Vote.No))
            .ToArray();
        var tally = Tally.FromStandings(Assemblies.Create(ballots, basis: Basis.RecordedVotes));
        tally.Reached.ShouldBe(false);
        tally.Outlook.ShouldBe(Outlook.Lost);
        tally.Quorum.Met.ShouldBeNull();
        tally.Sentence.ShouldEndWith("22 more yes, or 11 no turned into abstentions, were missing.");
    }

    [Test]
    public void Announced_totals_are_counted_and_what_the_record_lacks_is_null()
    {
        var tally = Tally.FromStandings(Announced(new AnnouncedTotals(64, 1, Abstain: null, NonVoting: null)));
        (tally.Yes, tally.No, tally.Abstain, tally.Absent).ShouldBe((64, 1, null, null));
        (tally.Undecided, tally.Unknown, tally.Ineligible).ShouldBe((0, 0, 0));
        (tally.Members, tally.Eligible).ShouldBe((76, 76));
        (tally.PresentAndVoting, tally.Required, tally.Margin).ShouldBe((65, 44, 62));
        tally.Reached.ShouldBe(true);
        tally.Outlook.ShouldBe(Outlook.Secured);
        (tally.Quorum.Required, tally.Quorum.Present, tally.Quorum.Met).ShouldBe((39, null, null));
        tally.Sentence.ShouldBe("64 of 65 present and voting; two thirds was 44.");
    }

    [Test]
    public void Complete_announced_totals_give_the_number_of_members_present()
    {
        var tally = Tally.FromStandings(Announced(new AnnouncedTotals(64, 1, Abstain: 5, NonVoting: 6)));
        (tally.Abstain, tally.Absent).ShouldBe((5, 6));
        (tally.Quorum.Present, tally.Quorum.Met).ShouldBe((70, null));
    }

    [Test]
    public void Announced_totals_of_an_unknown_number_of_members_take_the_roll_of_that_day()
    {
        var totals = new AnnouncedTotals(64, 1, Abstain: 0, NonVoting: null);
        Tally.FromStandings(Announced(totals) with { RecordedMembers = null }).Members.ShouldBe(60);
    }

    [Test]
    public void Announced_totals_that_are_not_there_are_an_error() =>
        Should.Throw<InvalidOperationException>(() =>
            Tally.FromStandings(Assemblies.Create([], basis: Basis.Announced))
        );

    [TestCase(ResolutionStatus.AdoptedWithoutVote, "Adopted without a vote.")]
    [TestCase(ResolutionStatus.Withdrawn, "Withdrawn before the vote.")]
    public void Nothing_is_counted_where_there_was_no_vote(ResolutionStatus status, string sentence)
    {
        var standings = Assemblies.Create(Assemblies.Ballots(yes: 100, no: 93), basis: Basis.None) with
        {
            Status = status,
        };
        var tally = Tally.FromStandings(standings);
        int?[] counts = [tally.Yes, tally.No, tally.Abstain, tally.Absent, tally.Undecided, tally.Unknown];
        counts.ShouldAllBe(count => count == null);
        int?[] sums = [tally.Ineligible, tally.Eligible, tally.PresentAndVoting, tally.Required, tally.Margin];
        sums.ShouldAllBe(sum => sum == null);
        tally.Reached.ShouldBeNull();
        tally.Outlook.ShouldBeNull();
        tally.Members.ShouldBe(193);
        (tally.Quorum.Required, tally.Quorum.Present, tally.Quorum.Met).ShouldBe((97, null, null));
        tally.Sentence.ShouldBe(sentence);
    }

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

    private static Standings Announced(AnnouncedTotals totals) =>
        Assemblies.Create([], basis: Basis.Announced) with
        {
            Announced = totals,
            RecordedMembers = 76,
            Members = [.. Enumerable.Range(0, 60).Select(Assemblies.Code)],
        };
}
