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
    public void Its_past_says_how_often_it_did_what_it_is_to_do(FlipKind flip, double chance)
    {
        Score(flip).PastVotes!.Value.ShouldBe(chance, 1e-12);
        Score(flip, from: ChancesFrom.Settings).PastVotes.ShouldBeNull();
    }

    [Test]
    public void What_brings_a_state_nearer_to_one_side_takes_it_as_far_from_the_other()
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
    public void The_longer_nobody_spoke_with_it_the_better_and_what_is_not_shown_changes_nothing()
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
    public void The_firmer_and_fresher_a_stance_the_less_it_moves()
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
