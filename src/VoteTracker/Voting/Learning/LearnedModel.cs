using System.Runtime.Intrinsics;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Learning;

/// <summary>
/// A model of how members vote that is learned from a record: two logits over what each member, its neighbours and all
/// members did on similar resolutions. It is immutable. The same record always gives the same model, to the last bit.
/// </summary>
internal sealed class LearnedModel
{
    /// <summary>The number of roll calls that a record needs. With fewer, the plain model is better or as good.</summary>
    public const int MinRollCalls = 200;

    private const int Years = 8;
    private const int LeastRollCalls = 400;
    private const double WarmWeight = 0.02;
    private const double ColdWeight = 0.01;
    private const double Ridge = 1;

    // The share of the plain model in a forecast of an emergency special session, as an exponent. These votes are few, and
    // less like each other than those of regular sessions.
    private const double PlainShareInEmergency = 0.8;

    private readonly RollCallMatrix _rollCalls;
    private readonly WordWeights _words;
    private readonly RecentCounts _recent;

    private LearnedModel(
        RollCallMatrix rollCalls,
        int count,
        LogitCoefficients coefficients,
        IReadOnlyList<ScoredRollCall> scored
    )
    {
        (_rollCalls, Count, Coefficients, ScoredRollCalls) = (rollCalls, count, coefficients, scored);
        _words = new WordWeights(rollCalls, count);
        _recent = new RecentCounts(rollCalls);
        _recent.AddUntil(count);
        Agreements = new AgreementSweep(rollCalls).AsOf(count, count == 0 ? 0 : rollCalls.DayOf(count - 1));
    }

    /// <summary>The roll calls.</summary>
    public RollCallMatrix RollCalls => _rollCalls;

    /// <summary>The number of roll calls that the model is learned from: the first of the record.</summary>
    public int Count { get; }

    /// <summary>The coefficients.</summary>
    public LogitCoefficients Coefficients { get; }

    /// <summary>The roll calls that the coefficients are fitted to, the oldest first.</summary>
    public IReadOnlyList<ScoredRollCall> ScoredRollCalls { get; }

    /// <summary>How often each pair of members voted alike.</summary>
    public Agreements Agreements { get; }

    /// <summary>Learns from the whole record.</summary>
    public static LearnedModel Build(VotingRecord record)
    {
        var rollCalls = new RollCallMatrix(record);
        return Build(new TrainingRows(rollCalls), rollCalls.Count);
    }

    /// <summary>Learns from the first roll calls of a record, as if the later ones were not known.</summary>
    public static LearnedModel Build(TrainingRows rows, int count)
    {
        var rollCalls = rows.RollCalls;
        var first = FirstOf(rollCalls, count);
        var coefficients = Fit(rows, first, count);
        return new LearnedModel(
            rollCalls,
            count,
            coefficients,
            [.. Enumerable.Range(first, count - first).Select(rollCall => Score(rows, rollCall, coefficients))]
        );
    }

    /// <summary>Fits the coefficients to the last years of the first roll calls.</summary>
    public static LogitCoefficients Fit(TrainingRows rows, int count) =>
        Fit(rows, FirstOf(rows.RollCalls, count), count);

    /// <summary>Predicts a resolution from all roll calls of the model.</summary>
    /// <param name="target">The resolution.</param>
    /// <param name="plain">The prediction of the plain model, which is mixed in if the session is an emergency one.</param>
    public LearnedPrediction Predict(ResolutionTarget target, RecordPrediction plain)
    {
        var day = target.Day.DayNumber;
        var similarities = _words.Compare(target);
        var recent = _recent.AsOf(day);
        return Predict(
            _rollCalls,
            KernelCounts.Create(_rollCalls, similarities, recent, Agreements, day, isCold: false),
            Coefficients,
            similarities,
            target,
            plain
        );
    }

    /// <summary>Predicts from counts.</summary>
    public static LearnedPrediction Predict(
        RollCallMatrix rollCalls,
        KernelCounts counts,
        LogitCoefficients coefficients,
        Similarities similarities,
        ResolutionTarget target,
        RecordPrediction plain
    )
    {
        int[] members = [.. Enumerable.Range(0, rollCalls.MemberCount + 1)];
        var chances = MemberFeatureRows.Create(new MemberFeatures(counts), members).Predict(coefficients);
        var plainShare = RollCallMatrix.IsEmergency(target.Session) ? PlainShareInEmergency : 0;
        for (var member = 0; member < members.Length && plainShare > 0; member++)
        {
            Mix(
                chances.AsSpan(RollCallMatrix.Votes * member, RollCallMatrix.Votes),
                plain.PlainChancesOf(member),
                plainShare
            );
        }
        return new LearnedPrediction(
            rollCalls,
            chances,
            counts.Novelty,
            similarities,
            target.Day.DayNumber,
            plainShare
        );
    }

    // The years before the newest roll call, or more if they have few roll calls.
    private static int FirstOf(RollCallMatrix rollCalls, int count)
    {
        if (count == 0)
        {
            return 0;
        }
        var begin = new DateOnly(Math.Max(1, rollCalls.YearOf(count - 1) - Years), 1, 1).DayNumber;
        return Math.Min(rollCalls.CountBefore(begin), Math.Max(0, count - LeastRollCalls));
    }

    private static LogitCoefficients Fit(TrainingRows rows, int first, int count)
    {
        rows.ForgetBefore(first);
        var votes = new ConditionalLogit(MemberFeatures.OfVotes, RollCallMatrix.Votes - 1, hasReference: false);
        var absence = new ConditionalLogit(MemberFeatures.OfAbsence, 1, hasReference: true);
        for (var rollCall = first; rollCall < count; rollCall++)
        {
            var (warm, cold) = rows.Read(rollCall);
            Add(warm, WarmWeight);
            Add(cold, ColdWeight);
        }
        return new LogitCoefficients(
            votes.Fit(MemberFeatures.PriorOfVotes, Ridge),
            absence.Fit(MemberFeatures.PriorOfAbsence, Ridge)
        );

        void Add(TrainingRow row, double weight)
        {
            votes.Add(row.Features.OfVotes, row.Choices, weight);
            absence.Add(row.Features.OfAbsence, row.Attendance, weight);
        }
    }

    private static ScoredRollCall Score(TrainingRows rows, int rollCall, LogitCoefficients coefficients)
    {
        var (warm, cold) = rows.Read(rollCall);
        return new ScoredRollCall
        {
            RollCall = rollCall,
            Day = rows.RollCalls.DayOf(rollCall),
            Votes = rows.RollCalls.VotesOn(rollCall),
            Warm = View(warm),
            Cold = View(cold),
        };

        ScoredView View(TrainingRow row)
        {
            var all = new float[RollCallMatrix.Votes * rows.RollCalls.MemberCount];
            var named = row.Features.Predict(coefficients);
            for (var i = 0; i < named.Length; i++)
            {
                all[RollCallMatrix.Votes * row.Named[i / RollCallMatrix.Votes] + i % RollCallMatrix.Votes] = (float)
                    named[i];
            }
            return new ScoredView(row.Novelty, all);
        }
    }

    private static void Mix(Span<double> chances, Chances plain, double share)
    {
        Span<double> other = [plain.Yes, plain.No, plain.Abstain, plain.Absent];
        var sum = 0d;
        for (var vote = 0; vote < chances.Length; vote++)
        {
            chances[vote] = Math.Pow(other[vote], share) * Math.Pow(chances[vote], 1 - share);
            sum += chances[vote];
        }
        for (var vote = 0; vote < chances.Length; vote++)
        {
            chances[vote] /= sum;
        }
    }
}
