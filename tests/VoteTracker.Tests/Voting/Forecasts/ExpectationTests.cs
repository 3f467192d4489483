using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class ExpectationTests
{
    private static readonly ForecastParameters Numbers = new();
    private static readonly Chances Record = Chances.Normalize(0.5, 0.1, 0.3, 0.1);

    [TestCase(Certainty.Confirmed, 0.97)]
    [TestCase(Certainty.Likely, 0.85)]
    [TestCase(Certainty.Leaning, 0.65)]
    public void A_position_of_today_is_held_with_the_probability_of_its_certainty(Certainty certainty, double held)
    {
        foreach (var (position, vote) in Positions)
        {
            foreach (var from in new[] { ChancesFrom.Record, ChancesFrom.Everybody, ChancesFrom.Settings })
            {
                var expected = Expect(position, certainty, days: 0, from);
                expected.Chances[vote].ShouldBe(held, 1e-12);
                expected.Share.ShouldBe(1);
                (expected.Held, expected.Days).ShouldBe((held, 0));
            }
        }
    }

    [Test]
    public void Without_a_record_the_rest_is_abstention_absence_and_the_opposite()
    {
        Four(
            Expect(Position.Yes, Certainty.Leaning, 0, ChancesFrom.Settings),
            yes: 0.65,
            no: 0.035,
            abstain: 0.21,
            absent: 0.105
        );
        Four(
            Expect(Position.No, Certainty.Leaning, 0, ChancesFrom.Everybody),
            yes: 0.035,
            no: 0.65,
            abstain: 0.21,
            absent: 0.105
        );
        // Neither has an opposite, so that share is half yes and half no.
        Four(
            Expect(Position.Abstain, Certainty.Likely, 0, ChancesFrom.Settings),
            yes: 0.01875,
            no: 0.01875,
            abstain: 0.85,
            absent: 0.1125
        );
        Expect(Position.Yes, Certainty.Leaning, 0, ChancesFrom.Settings).RestFrom.ShouldBe(ChancesFrom.Settings);
    }

    [Test]
    public void With_a_record_the_rest_is_distributed_like_the_record()
    {
        var expected = Expect(Position.Yes, Certainty.Leaning, 0, ChancesFrom.Record);
        Four(expected, yes: 0.65, no: 0.07, abstain: 0.21, absent: 0.07);
        expected.RestFrom.ShouldBe(ChancesFrom.Record);
    }

    [Test]
    public void A_stance_ages_and_a_confirmed_one_ages_slowest()
    {
        var last = Certainty.Confirmed;
        foreach (var certainty in new[] { Certainty.Confirmed, Certainty.Likely, Certainty.Leaning })
        {
            var halfLife = Expect(Position.No, certainty, 0, ChancesFrom.Record).HalfLife!.Value;
            var old = Expect(Position.No, certainty, (int)halfLife, ChancesFrom.Record);
            old.Share.ShouldBe(0.5, 0.05);
            old.Chances.No.ShouldBe(old.Share * old.Held!.Value + (1 - old.Share) * Record.No, 1e-12);
            var older = Expect(Position.No, certainty, 36_500, ChancesFrom.Record);
            older.Chances.No.ShouldBe(Record.No, 1e-9);
            if (certainty != Certainty.Confirmed)
            {
                halfLife.ShouldBeLessThan(Expect(Position.No, last, 0, ChancesFrom.Record).HalfLife!.Value);
            }
            last = certainty;
        }
        // Evidence from the future has age 0.
        Expect(Position.No, Certainty.Likely, -3, ChancesFrom.Record).Share.ShouldBe(1);
    }

    [Test]
    public void A_leaning_lasts_longer_if_the_record_supports_it()
    {
        Expectation Leaning(double yes) =>
            Expectation.Create(
                new Ballot("ZAF", Position.Yes, Certainty.Leaning, Eligible: true),
                30,
                Chances.Normalize(yes, (1 - yes) / 2, (1 - yes) / 2, 0),
                ChancesFrom.Record,
                Numbers
            );
        Leaning(0.5).HalfLife.ShouldBe(30);
        Leaning(0).HalfLife.ShouldBe(7.5);
        Leaning(1).HalfLife.ShouldBe(52.5);
        Leaning(0.1).Share.ShouldBeLessThan(Leaning(0.9).Share);
    }

    [TestCase(Position.Unknown)]
    [TestCase(Position.Undecided)]
    public void Undecided_and_unknown_members_follow_the_record(Position position)
    {
        var expected = Expect(
            position,
            position == Position.Unknown ? null : Certainty.Confirmed,
            3,
            ChancesFrom.Record
        );
        expected.Chances.ShouldBe(Record);
        expected.Share.ShouldBe(0);
        expected.Stance.ShouldBeNull();
        expected.BaseFrom.ShouldBe(ChancesFrom.Record);
    }

    [Test]
    public void Without_a_record_an_unknown_member_mostly_does_not_vote()
    {
        var view = PastResolutions.Record().Next("es-1", "Harbour", Assemblies.Day);
        var expected = Expectation.Create(new Ballot("ZAF", Position.Unknown, null, Eligible: true), 0, view, Numbers);
        Four(expected, yes: 0.05, no: 0.05, abstain: 0.6, absent: 0.3);
        expected.BaseFrom.ShouldBe(ChancesFrom.Settings);
    }

    [Test]
    public void A_record_with_only_the_same_vote_leaves_the_rest_to_the_parameters()
    {
        var expected = Expectation.Create(
            new Ballot("ZAF", Position.Yes, Certainty.Likely, Eligible: true),
            0,
            Chances.Certain(Vote.Yes),
            ChancesFrom.Record,
            Numbers
        );
        Four(expected, yes: 0.85, no: 0.015, abstain: 0.09, absent: 0.045);
    }

    private static readonly (Position, Vote)[] Positions =
    [
        (Position.Yes, Vote.Yes),
        (Position.No, Vote.No),
        (Position.Abstain, Vote.Abstain),
        (Position.Absent, Vote.NonVoting),
    ];

    private static Expectation Expect(Position position, Certainty? certainty, int days, ChancesFrom from) =>
        Expectation.Create(new Ballot("ZAF", position, certainty, Eligible: true), days, Record, from, Numbers);

    private static void Four(Expectation expected, double yes, double no, double abstain, double absent)
    {
        expected.Chances.Yes.ShouldBe(yes, 1e-12);
        expected.Chances.No.ShouldBe(no, 1e-12);
        expected.Chances.Abstain.ShouldBe(abstain, 1e-12);
        expected.Chances.Absent.ShouldBe(absent, 1e-12);
    }
}
