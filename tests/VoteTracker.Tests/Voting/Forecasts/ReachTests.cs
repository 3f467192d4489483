using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class ReachTests
{
    private static readonly Chances Record = Chances.Normalize(0.5, 0.1, 0.3, 0.1);

    [TestCase(Goal.Adopt, Position.Yes)]
    [TestCase(Goal.Block, Position.No)]
    [TestCase(Goal.Adopt, Position.No, FlipKind.NoToYes, FlipKind.NoToAbstain)]
    [TestCase(Goal.Block, Position.Yes, FlipKind.YesToNo, FlipKind.YesToAbstain)]
    [TestCase(Goal.Adopt, Position.Abstain, FlipKind.OtherToYes)]
    [TestCase(Goal.Adopt, Position.Unknown, FlipKind.OtherToYes)]
    [TestCase(Goal.Block, Position.Absent, FlipKind.OtherToNo)]
    [TestCase(Goal.Block, Position.Undecided, FlipKind.OtherToNo)]
    public void Towards_a_goal_it_can_make_these_flips(Goal goal, Position position, params FlipKind[] flips) =>
        Reachability.Flips(goal, position).ShouldBe(flips);

    [TestCase(FlipKind.NoToYes, 0.5)]
    [TestCase(FlipKind.OtherToYes, 0.5)]
    [TestCase(FlipKind.NoToAbstain, 0.4)]
    [TestCase(FlipKind.YesToAbstain, 0.4)]
    [TestCase(FlipKind.YesToNo, 0.1)]
    [TestCase(FlipKind.OtherToNo, 0.1)]
    public void The_past_votes_give_the_probability_of_the_vote_after_the_flip(FlipKind flip, double chance)
    {
        Score(flip).PastVotes!.Value.ShouldBe(chance, 1e-12);
        Score(flip, from: ChancesFrom.Settings).PastVotes.ShouldBeNull();
    }

    [Test]
    public void Co_sponsorship_counts_for_one_side_and_against_the_other()
    {
        foreach (var status in Enum.GetValues<CoSponsorStatus>().Cast<CoSponsorStatus?>().Append(null))
        {
            var up = Score(FlipKind.OtherToYes, status).CoSponsorship;
            up.ShouldBeInRange(0, 1);
            (up + Score(FlipKind.OtherToNo, status).CoSponsorship).ShouldBe(1, 1e-12);
            Score(FlipKind.NoToAbstain, status).CoSponsorship.ShouldBe(up);
            Score(FlipKind.YesToNo, status).CoSponsorship.ShouldBe(1 - up);
            Score(FlipKind.YesToAbstain, status).CoSponsorship.ShouldBe(1 - up);
        }
        Score(FlipKind.OtherToYes, CoSponsorStatus.Signed).CoSponsorship.ShouldBe(0.9);
        Score(FlipKind.OtherToYes, CoSponsorStatus.Wanted).CoSponsorship.ShouldBe(0.5);
    }

    [Test]
    public void An_older_contact_raises_the_score_and_a_hidden_one_does_not_change_it()
    {
        double? Spoken(int? days) => Score(FlipKind.OtherToYes, contact: new LastContact(days)).LastContact;
        Spoken(0).ShouldBe(0.5);
        Spoken(14).ShouldBe(0.75);
        Spoken(28).ShouldBe(0.875);
        Spoken(null).ShouldBe(1);
        var hidden = Score(FlipKind.OtherToYes);
        hidden.LastContact.ShouldBeNull();
        hidden.Product.ShouldBe(hidden.Certainty * hidden.PastVotes!.Value * hidden.CoSponsorship, 1e-12);
        Score(FlipKind.OtherToYes, contact: new LastContact(14)).Product.ShouldBe(0.75 * hidden.Product, 1e-12);
    }

    [Test]
    public void A_firm_and_recent_stance_lowers_the_score()
    {
        Score(FlipKind.NoToYes, certainty: Certainty.Confirmed).Certainty.ShouldBe(0.03, 1e-12);
        Score(FlipKind.NoToYes, certainty: Certainty.Leaning).Certainty.ShouldBe(0.35, 1e-12);
        Score(FlipKind.NoToYes, certainty: Certainty.Confirmed, days: 180).Certainty.ShouldBe(1 - 0.485, 1e-12);
        Score(FlipKind.OtherToYes, certainty: null).Certainty.ShouldBe(1);
    }

    private static Reachability Score(
        FlipKind flip,
        CoSponsorStatus? coSponsor = null,
        LastContact? contact = null,
        ChancesFrom from = ChancesFrom.Record,
        Certainty? certainty = Certainty.Likely,
        int days = 0
    ) =>
        Reachability.Compute(
            flip,
            Expectation.Create(
                new Ballot("ZAF", certainty is null ? Position.Unknown : Position.No, certainty, Eligible: true),
                days,
                Record,
                from,
                new ForecastParameters()
            ),
            coSponsor,
            contact
        );
}
