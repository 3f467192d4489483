using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Tests.Voting.Learning;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.KnownStances;

/// <summary>What stances say by past resolutions on which the members voted alike.</summary>
public sealed class ResolutionKernelTests
{
    private static readonly DateOnly Day = new(2021, 11, 21);

    private static readonly LearnedModel Model = LearnedModel.Build(
        PastResolutions.Record(LearnableRecords.Create(240))
    );

    private static readonly StanceKernel Kernel = new(Model);

    // The votes of the three blocs on the subjects, so the third bloc follows from the two others.
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_bloc_leans_to_its_vote_on_the_past_resolutions_that_fit_the_stances_of_others(int subject)
    {
        var target = Target("A new title of nothing before");
        StanceEvidence[] known =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(member => Stance(target, member, LearnableRecords.UsualVote(subject, member / 4), 1)),
        ];
        var expected = (int)LearnableRecords.UsualVote(subject, 2);
        foreach (var member in (int[])[8, 9, 10])
        {
            var (record, chances) = (Record(target, member), Predict(target, member, known));
            chances[expected].ShouldBeGreaterThan(record[expected]);
            // It grows more than the other votes.
            double[] growth = [.. chances.Zip(record, (now, before) => now / before)];
            Array.IndexOf(growth, growth.Max()).ShouldBe(expected);
        }
    }

    [Test]
    public void More_weight_moves_a_member_that_agrees_more()
    {
        var target = Target(LearnableRecords.Titles[0]);
        LearnableRecords.UsualVote(0, 0).ShouldBe(Vote.Yes);
        var last = Predict(target, 1, Stance(target, 0, Vote.No, 0))[(int)Vote.No];
        foreach (var weight in (double[])[0.3, 0.6, 1])
        {
            var now = Predict(target, 1, Stance(target, 0, Vote.No, weight))[(int)Vote.No];
            now.ShouldBeGreaterThan(last);
            last = now;
        }
    }

    [Test]
    public void Without_weight_the_likeliest_vote_is_that_of_the_record()
    {
        for (var subject = 0; subject < LearnableRecords.Titles.Count; subject++)
        {
            var target = Target(LearnableRecords.Titles[subject]);
            // Every fourth member is away half of the time, so that two votes have nearly the same chance.
            foreach (var member in Enumerable.Range(1, LearnableRecords.Members - 1).Where(m => m % 4 != 3))
            {
                var (record, chances) = (
                    Record(target, member),
                    Predict(target, member, Stance(target, 0, Vote.Abstain, 0))
                );
                Array.IndexOf(chances, chances.Max()).ShouldBe(Array.IndexOf(record, record.Max()));
                chances.Sum().ShouldBe(1, 1e-12);
            }
        }
    }

    [Test]
    public void The_order_of_the_stances_does_not_matter()
    {
        var target = Target(LearnableRecords.Titles[1]);
        StanceEvidence[] known =
        [
            Stance(target, 0, Vote.No, 0.9),
            Stance(target, 5, Vote.Yes, 0.4),
            Stance(target, 9, Vote.NonVoting, 0.7),
        ];
        Predict(target, 1, [.. known.Reverse()]).ShouldBe(Predict(target, 1, known), 1e-12);
    }

    [TestCase("2060-01-01")]
    [TestCase("2000-01-01")]
    public void A_day_long_after_or_before_the_record_gives_chances(string day)
    {
        var target = Target("") with { Day = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) };
        var chances = Predict(target, 1, Stance(target, 0, Vote.No, 1));
        chances.Sum().ShouldBe(1, 1e-12);
        chances.ShouldAllBe(chance => chance > 0 && chance < 1);
    }

    private static double[] Predict(ResolutionTarget target, int member, params StanceEvidence[] known) =>
        new ResolutionKernel(Kernel, Prediction(target).Similarities, target.Day.DayNumber, session: -1).Predict(
            known,
            [(member, Record(target, member))]
        )[0];

    private static StanceEvidence Stance(ResolutionTarget target, int member, Vote vote, double weight) =>
        new(member, vote, weight, Record(target, member));

    private static double[] Record(ResolutionTarget target, int member)
    {
        var chances = Prediction(target).ChancesOf(member);
        return [chances.Yes, chances.No, chances.Abstain, chances.Absent];
    }

    private static LearnedPrediction Prediction(ResolutionTarget target) =>
        Model.Predict(target, Model.RollCalls.Record.Next(target.Session, target.Title, target.Day));

    private static ResolutionTarget Target(string title) =>
        new()
        {
            Session = "76",
            Title = title,
            Day = Day,
        };
}
