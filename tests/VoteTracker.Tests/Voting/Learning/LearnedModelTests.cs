using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Learning;

public sealed class LearnedModelTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Test]
    public void Each_bloc_is_expected_to_vote_on_a_subject_as_before()
    {
        var record = PastResolutions.Record(LearnableRecords.Create(240));
        for (var subject = 0; subject < 4; subject++)
        {
            var prediction = Predict(record, "76", LearnableRecords.Titles[subject]);
            for (var member = 0; member < LearnableRecords.Members; member++)
            {
                var chances = prediction.ChancesOf(Assemblies.Code(member));
                var usual = LearnableRecords.UsualVote(subject, LearnableRecords.BlocOf(member));
                (chances[usual] / (1 - chances.Absent)).ShouldBeGreaterThan(0.65);
                chances.Absent.ShouldBe(member % 4 == 3 ? 0.5 : 0.05, member % 4 == 3 ? 0.2 : 0.1);
            }
        }
    }

    [Test]
    public void A_member_without_votes_on_a_subject_is_expected_to_follow_those_that_it_agrees_with()
    {
        PastResolution[] resolutions =
        [
            .. LearnableRecords
                .Create(240)
                // The first member has never voted on the first subject.
                .Select(r => r.Title == LearnableRecords.Titles[0] ? Without(r, Assemblies.Code(0)) : r),
        ];
        var chances = Predict(PastResolutions.Record(resolutions), "76", LearnableRecords.Titles[0])
            .ChancesOf(Assemblies.Code(0));
        LearnableRecords.UsualVote(0, 0).ShouldBe(Vote.Yes);
        chances.Yes.ShouldBeGreaterThan(0.5);
        chances.Yes.ShouldBeGreaterThan(2 * Math.Max(chances.No, chances.Abstain));
    }

    [Test]
    public void The_same_record_in_any_order_gives_the_same_model_to_the_last_bit()
    {
        var resolutions = LearnableRecords.Create(210);
        var one = LearnedModel.Build(PastResolutions.Record(resolutions));
        var other = LearnedModel.Build(PastResolutions.Record([.. resolutions.Reverse()]));
        other.Coefficients.OfVotes.ShouldBe(one.Coefficients.OfVotes);
        other.Coefficients.OfAbsence.ShouldBe(one.Coefficients.OfAbsence);
        one.Coefficients.OfVotes.ShouldNotBe(MemberFeatures.PriorOfVotes);
        var target = Target("es-1", "Protection of ferries");
        for (var member = 0; member < LearnableRecords.Members; member++)
        {
            var code = Assemblies.Code(member);
            Predict(other, target).ChancesOf(code).ShouldBe(Predict(one, target).ChancesOf(code));
        }
    }

    [Test]
    public void A_prediction_of_the_past_does_not_use_later_votes()
    {
        var resolutions = LearnableRecords.Create(240);
        var whole = PastResolutions.Record(resolutions);
        foreach (var earlierDays in (bool[])[false, true])
        {
            // All later votes are others, and so are those on the resolution itself.
            foreach (var at in (int[])[205, 219, 230])
            {
                var changed = PastResolutions.Record([
                    .. whole.Resolutions.Take(at),
                    .. whole.Resolutions.Skip(at).Select(Turned),
                ]);
                var (known, other) = (
                    new PastPredictions(whole, earlierDays).Predict(at),
                    new PastPredictions(changed, earlierDays).Predict(at)
                );
                known.Forecast.Model.ShouldBe(ForecastModel.Learned);
                for (var member = 0; member < LearnableRecords.Members; member++)
                {
                    var code = Assemblies.Code(member);
                    other.Forecast.ChancesOf(code).ShouldBe(known.Forecast.ChancesOf(code));
                    other.SimilarTitles[member].ShouldBe(known.SimilarTitles[member]);
                }
            }
        }
    }

    [Test]
    public void Votes_of_the_same_day_count_only_if_they_are_asked_for()
    {
        var whole = PastResolutions.Record(LearnableRecords.Create(240));
        const int second = 221;
        whole.Resolutions[second].Day.ShouldBe(whole.Resolutions[second - 1].Day);
        var changed = PastResolutions.Record([.. whole.Resolutions.Select((r, i) => i == second - 1 ? Turned(r) : r)]);
        ChancesIn(changed, earlierDays: true).ShouldBe(ChancesIn(whole, earlierDays: true));
        ChancesIn(changed, earlierDays: false).ShouldNotBe(ChancesIn(whole, earlierDays: false));

        static Chances ChancesIn(VotingRecord record, bool earlierDays) =>
            new PastPredictions(record, earlierDays).Predict(second).Forecast.ChancesOf(Assemblies.Code(0));
    }

    [Test]
    public void A_small_record_is_predicted_by_the_plain_model()
    {
        var record = PastResolutions.Record(LearnableRecords.Create(LearnedModel.MinRollCalls + 20));
        var predictions = new PastPredictions(record, earlierDays: true);
        predictions.Predict(60).Forecast.Model.ShouldBe(ForecastModel.Plain);
        predictions
            .Predict(60)
            .Forecast.ChancesOf(Assemblies.Code(0))
            .ShouldBe(predictions.Predict(60).Plain.ChancesOf(Assemblies.Code(0)));
        predictions.Predict(record.Resolutions.Count - 1).Forecast.Model.ShouldBe(ForecastModel.Learned);
    }

    [Test]
    public void In_an_emergency_special_session_the_plain_model_has_four_fifths()
    {
        var record = PastResolutions.Record(LearnableRecords.Create(240));
        var model = LearnedModel.Build(record);
        var target = Target("es-1", "Protection of ferries");
        var plain = record.Next(target.Session, target.Title, target.Day);
        var code = Assemblies.Code(0);
        var mixed = model.Predict(target, plain);
        mixed.PlainShare.ShouldBe(0.8);
        // As the weights are exponents, the ratios of the chances are products of powers.
        var learned = model.Predict(target with { Session = "76" }, plain);
        learned.PlainShare.ShouldBe(0);
        learned.ChancesOf(code).ShouldNotBe(plain.ChancesOf(code));
        Math.Log(mixed.ChancesOf(code).Yes / mixed.ChancesOf(code).No)
            .ShouldBeInRange(
                Math.Min(Odds(plain.ChancesOf(code)), Odds(learned.ChancesOf(code))) - 1,
                Math.Max(Odds(plain.ChancesOf(code)), Odds(learned.ChancesOf(code))) + 1
            );
        plain.With(mixed).VotesOf(code).Sum(vote => vote.Share).ShouldBeInRange(0.5, 1);

        static double Odds(Chances chances) => Math.Log(chances.Yes / chances.No);
    }

    [TestCase("Oil law", true)]
    [TestCase("The canals", true)]
    [TestCase("Including all of their against", false)]
    [TestCase("A/C.1/81/L.5", false)]
    [TestCase("", false)]
    public void A_title_is_missing_if_it_has_no_word_that_the_learned_model_compares(string title, bool has)
    {
        var record = PastResolutions.Record(LearnableRecords.Create(20));
        var plain = record.Next("76", title, Day);
        plain.With(LearnedModel.Build(record).Predict(Target("76", title), plain)).HasTitle.ShouldBe(has);
    }

    [Test]
    public void Over_fifty_resolutions_the_forecast_is_at_most_a_hundredth_worse_than_its_best_part()
    {
        const int fifty = 50;
        foreach (var seed in (int[])[1, 2, 3])
        {
            var record = PastResolutions.Record(LearnableRecords.Create(360, seed));
            var results = Backtest.Run(record, resolution => resolution.Day.Year >= 2020);
            results.Count.ShouldBeGreaterThan(2 * fifty);
            results.ShouldAllBe(result => result.Model == ForecastModel.Learned);
            for (var first = 0; first + fifty <= results.Count; first++)
            {
                var some = results.Skip(first).Take(fifty).ToList();
                var best = Math.Min(
                    some.Average(result => result.Plain.LogLoss),
                    some.Average(result => result.SimilarTitles.LogLoss)
                );
                some.Average(result => result.Forecast.LogLoss).ShouldBeLessThanOrEqualTo(best + 0.01);
            }
        }
    }

    private static LearnedPrediction Predict(VotingRecord record, string session, string title) =>
        Predict(LearnedModel.Build(record), Target(session, title));

    private static LearnedPrediction Predict(LearnedModel model, ResolutionTarget target) =>
        model.Predict(target, model.RollCalls.Record.Next(target.Session, target.Title, target.Day));

    private static ResolutionTarget Target(string session, string title) =>
        new()
        {
            Session = session,
            Title = title,
            Day = Day,
        };

    private static PastResolution Without(PastResolution resolution, string member) =>
        resolution with
        {
            Names = PackedNames.Pack(PackedNames.Unpack(resolution.Names).Where(name => name.MemberState != member))!,
        };

    private static PastResolution Turned(PastResolution resolution) =>
        resolution with
        {
            Names = PackedNames.Pack(
                PackedNames.Unpack(resolution.Names).Select(n => n with { Vote = (Vote)(((int)n.Vote + 1) % 4) })
            )!,
        };
}
