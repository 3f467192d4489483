using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;

namespace VoteTracker.Voting.KnownStances;

/// <summary>The forecast of a past resolution from the roll calls before it, and its votes.</summary>
/// <param name="Resolution">The resolution.</param>
/// <param name="Names">The votes.</param>
/// <param name="Chances">The chances of these members, in the same order.</param>
/// <param name="Factors">How members move together, from earlier roll calls.</param>
internal sealed record PastForecast(
    PastResolution Resolution,
    IReadOnlyList<NamedVote> Names,
    IReadOnlyList<Chances> Chances,
    RecordFactors Factors
);

/// <summary>
/// Forecasts past resolutions in the order of their votes. The factors are estimated once for each regular session, from the
/// roll calls before its first selected one, and once for each year of an emergency special session.
/// </summary>
internal sealed class PastForecasts(VotingRecord record, bool earlierDays)
{
    private readonly RollCallMatrix _rollCalls = new(record);
    private readonly PastPredictions _predictions = new(record, earlierDays);
    private readonly Dictionary<string, PastModels> _models = new(StringComparer.Ordinal);
    private TrainingRows? _rows;

    /// <summary>Forecasts the selected resolutions.</summary>
    public IEnumerable<PastForecast> Forecast(Func<PastResolution, bool> isSelected) =>
        record
            .Resolutions.Select((resolution, index) => (resolution, index))
            .Where(t => isSelected(t.resolution))
            .Select(t => Forecast(t.resolution, t.index));

    private PastForecast Forecast(PastResolution resolution, int index)
    {
        var names = PackedNames.Unpack(resolution.Names);
        var prediction = _predictions.Predict(index).Forecast;
        var key = RollCallMatrix.IsEmergency(resolution.Session)
            ? $"{resolution.Session} {resolution.Day.Year}"
            : resolution.Session;
        if (!_models.TryGetValue(key, out var models))
        {
            // Resolutions come in the order of their days, so the next count is never lower.
            _models[key] = models = Learn(_rollCalls.CountBefore(resolution.Day.DayNumber));
        }
        return new PastForecast(
            resolution,
            names,
            [.. names.Select(name => prediction.ChancesOf(name.MemberState))],
            RecordFactors.Create(models.Factors, models.Kernel, prediction, resolution.Session, resolution.Day)
        );
    }

    private PastModels Learn(int count)
    {
        if (count < LearnedModel.MinRollCalls)
        {
            return new PastModels(FactorModel.From(record, count), null);
        }
        _rows ??= new TrainingRows(_rollCalls);
        var learned = LearnedModel.Build(_rows, count);
        return new PastModels(FactorModel.From(learned), new StanceKernel(learned));
    }

    private sealed record PastModels(FactorModel Factors, StanceKernel? Kernel);
}
