using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>The forecast of a vote from cases: the mixture of the exact forecasts of all cases.</summary>
internal static class DependentForecast
{
    /// <summary>Computes the forecast.</summary>
    public static Forecast Compute(MajorityRule rule, VoteCases cases)
    {
        var yes = new double[cases.Members + 1];
        var no = new double[cases.Members + 1];
        var count = new MarginRow(1, cases.Members);
        for (var i = 0; i < cases.Count; i++)
        {
            AddCounts(cases, i, Vote.Yes, count, yes);
            AddCounts(cases, i, Vote.No, count, no);
        }
        var margins = rule == MajorityRule.NotRecorded ? default : Margins(rule, cases);
        return new Forecast
        {
            Probability = margins.Chances is null ? null : Reached(rule, cases.Members, margins),
            Yes = ExpectedCount.FromChances(yes),
            No = ExpectedCount.FromChances(no),
            Margin = margins.Chances is null
                ? null
                : ExpectedMargin.FromChances(-rule.WeightOfNo() * cases.Members, margins.Chances),
        };
    }

    /// <summary>Only the probability that the majority is reached; null if the rule is not recorded.</summary>
    public static double? ProbabilityOf(MajorityRule rule, VoteCases cases) =>
        rule == MajorityRule.NotRecorded ? null : Reached(rule, cases.Members, Margins(rule, cases));

    // The chances of all margins from the lowest on, and the part of them in which no member votes.
    private static (double[] Chances, double Nobody) Margins(MajorityRule rule, VoteCases cases)
    {
        var lowest = -rule.WeightOfNo() * cases.Members;
        var sum = new double[cases.Members - lowest + 1];
        var row = new MarginRow(rule.WeightOfNo(), cases.Members);
        var nobody = 0d;
        for (var i = 0; i < cases.Count; i++)
        {
            row.Clear();
            var silent = 1d;
            for (var m = 0; m < cases.Members; m++)
            {
                var (yes, no) = (cases.ChancesOf(m, Vote.Yes)[i], cases.ChancesOf(m, Vote.No)[i]);
                row.Add(yes, no);
                silent *= Math.Max(0, 1 - yes - no);
            }
            AddRow(row, cases.Count, sum.AsSpan(row.Low - lowest));
            nobody += silent / cases.Count;
        }
        return (sum, nobody);
    }

    // From the tail to the middle, where values are larger, to limit rounding errors.
    private static double Reached(MajorityRule rule, int members, (double[] Chances, double Nobody) margins)
    {
        var threshold = rule.MissingYes(margin: 0);
        var sum = 0d;
        for (var i = margins.Chances.Length - 1; i >= threshold + rule.WeightOfNo() * members; i--)
        {
            sum += margins.Chances[i];
        }
        return Math.Clamp(threshold <= 0 ? sum - margins.Nobody : sum, 0, 1);
    }

    private static void AddCounts(VoteCases cases, int i, Vote vote, MarginRow row, double[] sum)
    {
        row.Clear();
        for (var m = 0; m < cases.Members; m++)
        {
            row.Add(cases.ChancesOf(m, vote)[i], 0);
        }
        AddRow(row, cases.Count, sum.AsSpan(row.Low));
    }

    private static void AddRow(MarginRow row, int count, Span<double> sum)
    {
        var chances = row.Chances;
        for (var i = 0; i < chances.Length; i++)
        {
            sum[i] += chances[i] / count;
        }
    }
}
