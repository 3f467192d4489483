using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Learning;

/// <summary>
/// Predicts resolutions of the record as if the later ones were not known. The coefficients are fitted before the first vote
/// of a regular session, and before the first vote of each year in an emergency special session.
/// </summary>
/// <param name="record">The record.</param>
/// <param name="earlierDays">
/// Whether only roll calls of earlier days are known. Otherwise, also those of the same day with a lower number.
/// </param>
internal sealed class PastPredictions(VotingRecord record, bool earlierDays)
{
    private readonly RollCallMatrix _rollCalls = new(record);
    private readonly Dictionary<(int Session, int Year), int> _firsts = [];
    private TrainingRows? _rows;
    private KernelSweep? _sweep;
    private (int Count, LogitCoefficients Coefficients)? _last;

    /// <summary>The predictions of a resolution, not before one that was predicted.</summary>
    public PastPrediction Predict(int resolution)
    {
        var day = _rollCalls.DayOf(resolution);
        var count = earlierDays ? _rollCalls.CountBefore(day) : resolution;
        var plain = record.PredictFromFirst(count, resolution);
        var target = ResolutionTarget.FromPast(record.Resolutions[resolution]);
        _sweep ??= new KernelSweep(_rollCalls);
        var similarities = _sweep.WordsOf(count).Compare(target);
        var fittedTo = FirstOf(resolution);
        return new PastPrediction(
            fittedTo < LearnedModel.MinRollCalls
                ? plain
                : plain.With(
                    LearnedModel.Predict(
                        _rollCalls,
                        _sweep.Read(resolution, count).Warm,
                        FitTo(fittedTo),
                        similarities,
                        target,
                        plain
                    )
                ),
            plain,
            SimilarTitlesRule.Predict(_rollCalls, similarities, day)
        );
    }

    /// <summary>The index of a member.</summary>
    public int IndexOf(string memberState) => _rollCalls.IndexOf(memberState) ?? _rollCalls.MemberCount;

    private LogitCoefficients FitTo(int count)
    {
        // Sessions overlap. A later fit only used votes of earlier days, too.
        if (_last is not { } last || last.Count < count)
        {
            _rows ??= new TrainingRows(_rollCalls);
            last = (count, LearnedModel.Fit(_rows, count));
            _last = last;
        }
        return last.Coefficients;
    }

    // The number of roll calls before the first day of the session, or of the year of an emergency special session.
    private int FirstOf(int resolution)
    {
        if (_firsts.Count == 0)
        {
            for (var i = 0; i < _rollCalls.Count; i++)
            {
                _firsts.TryAdd(KeyOf(i), _rollCalls.CountBefore(_rollCalls.DayOf(i)));
            }
        }
        return _firsts[KeyOf(resolution)];
    }

    private (int Session, int Year) KeyOf(int resolution) =>
        (
            _rollCalls.SessionOf(resolution),
            RollCallMatrix.IsEmergency(record.Resolutions[resolution].Session) ? _rollCalls.YearOf(resolution) : 0
        );
}

/// <summary>The predictions of a past resolution.</summary>
/// <param name="Forecast">What the service would have predicted.</param>
/// <param name="Plain">The prediction of the plain model.</param>
/// <param name="SimilarTitles">The chances by the rule of similar titles, by member index.</param>
internal sealed record PastPrediction(RecordPrediction Forecast, RecordPrediction Plain, Chances[] SimilarTitles);
