using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>The tally of stances.</summary>
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
                    Sentence = Sentence.Before(MajorityRule.TwoThirds, 120, 14),
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
        tally.Sentence.InEnglish().ShouldBe("Nobody is counted as voting.");
    }

    [Test]
    public void Reached_does_not_depend_on_the_quorum()
    {
        var tally = Tally.FromStandings(Assemblies.Create(Assemblies.Ballots(yes: 64, no: 1, absent: 128)));
        tally.Reached.ShouldBe(true);
        tally.Quorum.Met.ShouldBe(false);
    }

    [Test]
    public void Reached_means_that_yes_is_at_least_the_required_number()
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
    public void A_count_of_confirmed_stances_counts_likely_and_leaning_ones_as_undecided()
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
}
