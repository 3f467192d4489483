using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class AccuracyTests
{
    private static readonly Chances Even = Chances.Normalize(0.25, 0.25, 0.25, 0.25);

    [Test]
    public void A_perfect_forecast_has_log_loss_0()
    {
        var perfect = Accuracy.FromForecasts([
            (Chances.Certain(Vote.No), Vote.No),
            (Chances.Certain(Vote.Yes), Vote.Yes),
        ]);
        perfect.ShouldBe(new Accuracy { Count = 2, Share = 1 });
    }

    [Test]
    public void A_blind_forecast_has_the_log_loss_of_four_outcomes()
    {
        var blind = Accuracy.FromForecasts([(Even, Vote.Abstain)]);
        blind.LogLoss.ShouldBe(Math.Log(4), 1e-12);
        blind.Brier.ShouldBe(0.75, 1e-12);
        // Of four equal chances, the first is the guess.
        blind.Share.ShouldBe(0);
        Accuracy.FromForecasts([(Even, Vote.Yes)]).Share.ShouldBe(1);
    }

    [Test]
    public void A_certain_wrong_forecast_has_infinite_log_loss()
    {
        var wrong = Accuracy.FromForecasts([(Chances.Certain(Vote.No), Vote.Yes)]);
        wrong.LogLoss.ShouldBe(double.PositiveInfinity);
        wrong.Brier.ShouldBe(2);
    }

    [Test]
    public void The_accuracy_matches_a_calculation_by_hand()
    {
        var two = Accuracy.FromForecasts([
            (Chances.Normalize(0.7, 0.1, 0.2, 0), Vote.Yes),
            (Chances.Normalize(0.5, 0.1, 0.2, 0.2), Vote.NonVoting),
        ]);
        two.LogLoss.ShouldBe((-Math.Log(0.7) - Math.Log(0.2)) / 2, 1e-12);
        two.Brier.ShouldBe((0.09 + 0.01 + 0.04 + (0.25 + 0.01 + 0.04 + 0.64)) / 2, 1e-12);
        two.Share.ShouldBe(0.5);
        Accuracy
            .Mean([
                two,
                new Accuracy
                {
                    Count = 100,
                    LogLoss = 1,
                    Brier = 1,
                    Share = 1,
                },
            ])
            .Share.ShouldBe(0.75, "each counts once");
    }

    [Test]
    public void Without_forecasts_the_accuracy_is_0()
    {
        Accuracy.FromForecasts([]).ShouldBe(default);
        Accuracy.Mean([]).ShouldBe(default);
    }
}
