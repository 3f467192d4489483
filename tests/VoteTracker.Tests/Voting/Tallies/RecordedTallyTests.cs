using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>The tally of a recorded vote, by name or as announced.</summary>
public sealed class RecordedTallyTests
{
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
            tally.Sentence.InEnglish().ShouldBe("2 of 3 present and voting; two thirds was 2.");
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
        tally.Sentence.InEnglish().ShouldEndWith("22 more yes, or 11 no turned into abstentions, were missing.");
    }

    [Test]
    public void Announced_totals_are_counted_and_missing_ones_are_null()
    {
        var tally = Tally.FromStandings(Announced(new AnnouncedTotals(64, 1, Abstain: null, NonVoting: null)));
        (tally.Yes, tally.No, tally.Abstain, tally.Absent).ShouldBe((64, 1, null, null));
        (tally.Undecided, tally.Unknown, tally.Ineligible).ShouldBe((0, 0, 0));
        (tally.Members, tally.Eligible).ShouldBe((76, 76));
        (tally.PresentAndVoting, tally.Required, tally.Margin).ShouldBe((65, 44, 62));
        tally.Reached.ShouldBe(true);
        tally.Outlook.ShouldBe(Outlook.Secured);
        (tally.Quorum.Required, tally.Quorum.Present, tally.Quorum.Met).ShouldBe((39, null, null));
        tally.Sentence.InEnglish().ShouldBe("64 of 65 present and voting; two thirds was 44.");
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
    public void Missing_announced_totals_are_an_error() =>
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
        tally.Sentence.InEnglish().ShouldBe(sentence);
    }

    private static Standings Announced(AnnouncedTotals totals) =>
        Assemblies.Create([], basis: Basis.Announced) with
        {
            Announced = totals,
            RecordedMembers = 76,
            Members = [.. Enumerable.Range(0, 60).Select(Assemblies.Code)],
        };
}
