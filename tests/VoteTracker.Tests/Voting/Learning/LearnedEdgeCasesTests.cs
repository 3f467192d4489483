using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Learning;

/// <summary>The chances add up to 1 and are numbers, whatever the record has.</summary>
public sealed class LearnedEdgeCasesTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Test]
    public void A_record_without_roll_calls() => Check([]);

    [Test]
    public void A_record_with_one_roll_call() =>
        Check([PastResolutions.Create("80-1", "80", "Harbour", Day.AddDays(-9), Vote.Yes, Vote.No, Vote.NonVoting)]);

    [Test]
    public void A_record_with_only_abstentions() =>
        Check([
            .. Enumerable
                .Range(1, 30)
                .Select(i =>
                    PastResolutions.Create(
                        $"80-{i}",
                        "80",
                        "Harbour",
                        Day.AddDays(-9 * i),
                        Vote.Abstain,
                        Vote.Abstain,
                        Vote.Abstain
                    )
                ),
        ]);

    [Test]
    public void A_member_that_never_votes()
    {
        var chances = Check([
            .. Enumerable
                .Range(1, 60)
                .Select(i =>
                    PastResolutions.Create(
                        $"80-{i}",
                        "80",
                        "Harbour",
                        Day.AddDays(-9 * i),
                        Vote.Yes,
                        Vote.No,
                        Vote.NonVoting
                    )
                ),
        ]);
        chances(Assemblies.Code(2)).Absent.ShouldBeGreaterThan(0.9);
        // A new member votes like the others.
        chances("ZZZ").Absent.ShouldBeLessThan(0.9);
    }

    [Test]
    public void Two_resolutions_on_one_day_with_the_same_title()
    {
        PastResolution[] day =
        [
            PastResolutions.Create("80-1", "80", "Harbour", Day.AddDays(-9), Vote.Yes, Vote.No),
            PastResolutions.Create("80-2", "80", "Harbour", Day.AddDays(-9), Vote.Yes, Vote.Abstain),
        ];
        Check(day);
        var predictions = new PastPredictions(PastResolutions.Record(day), earlierDays: true);
        var (first, second) = (predictions.Predict(0), predictions.Predict(1));
        second.SimilarTitles[1].ShouldBe(first.SimilarTitles[1]);
    }

    [Test]
    public void Any_record()
    {
        Assemblies.ForAll(PastResolutions.Any, resolutions => Check(resolutions));
    }

    // Predicts resolutions with and without a title, today and in the past.
    private static Func<string, Chances> Check(PastResolution[] resolutions)
    {
        var record = PastResolutions.Record(resolutions);
        var model = LearnedModel.Build(record);
        LearnedPrediction? last = null;
        foreach (var session in (string[])["es-1", "80"])
        {
            foreach (var title in (string[])["", "A/80/1", "Budget", "Harbour"])
            {
                foreach (var agenda in (string?[])[null, "", "Harbour"])
                {
                    var target = new ResolutionTarget
                    {
                        Session = session,
                        Title = title,
                        Agenda = agenda,
                        Day = Day,
                    };
                    last = model.Predict(target, record.Next(session, title, Day));
                    last.Novelty.ShouldBeInRange(0, 1);
                    for (var member = 0; member <= record.MemberCount; member++)
                    {
                        var chances = last.ChancesOf(member);
                        (chances.Yes + chances.No + chances.Abstain + chances.Absent).ShouldBe(1, 1e-12);
                        new[] { chances.Yes, chances.No, chances.Abstain, chances.Absent }.ShouldAllBe(chance =>
                            chance > 0 && chance < 1
                        );
                    }
                }
            }
        }
        foreach (var scored in model.ScoredRollCalls)
        {
            foreach (var view in (ScoredView[])[scored.Warm, scored.Cold])
            {
                view.Chances.ShouldAllBe(chance => chance >= 0 && chance < 1);
                for (var member = 0; member < record.MemberCount; member++)
                {
                    view.Chances.AsSpan(4 * member, 4)
                        .ToArray()
                        .Sum()
                        .ShouldBe(scored.Votes[member] == VotingRecord.NotNamed ? 0 : 1, 1e-5);
                }
            }
        }
        return last!.ChancesOf;
    }
}
