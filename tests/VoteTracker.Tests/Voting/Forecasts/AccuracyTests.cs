using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class AccuracyTests
{
    private static readonly Chances Even = Chances.Normalize(0.25, 0.25, 0.25, 0.25);

    [Test]
    public void Who_knew_it_loses_nothing()
    {
        var perfect = Accuracy.FromForecasts([
            (Chances.Certain(Vote.No), Vote.No),
            (Chances.Certain(Vote.Yes), Vote.Yes),
        ]);
        perfect.ShouldBe(new Accuracy { Count = 2, Share = 1 });
    }

    [Test]
    public void Who_knew_nothing_loses_the_logarithm_of_four()
    {
        var blind = Accuracy.FromForecasts([(Even, Vote.Abstain)]);
        blind.LogLoss.ShouldBe(Math.Log(4), 1e-12);
        blind.Brier.ShouldBe(0.75, 1e-12);
        // Of four that are as likely, the first is taken for the guess.
        blind.Share.ShouldBe(0);
        Accuracy.FromForecasts([(Even, Vote.Yes)]).Share.ShouldBe(1);
    }

    [Test]
    public void Who_was_sure_of_the_contrary_loses_without_end()
    {
        var wrong = Accuracy.FromForecasts([(Chances.Certain(Vote.No), Vote.Yes)]);
        wrong.LogLoss.ShouldBe(double.PositiveInfinity);
        wrong.Brier.ShouldBe(2);
    }

    [Test]
    public void By_hand()
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
    public void Of_nothing_it_is_nothing()
    {
        Accuracy.FromForecasts([]).ShouldBe(default);
        Accuracy.Mean([]).ShouldBe(default);
    }
}
