using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

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
/// Forecasts past resolutions in the order of their votes. Models are learned once for each regular session, from the roll
/// calls before its first one, and once for each year of emergency special sessions.
/// </summary>
internal sealed class PastForecasts
{
    // A model of fewer roll calls is not better than the plain one.
    private const int LeastLearned = 400;
    private const double PlainShare = 0.8;

    private readonly VotingRecord _record;
    private readonly RollCallMatrix _rollCalls;
    private readonly TrainingRows _rows;
    private readonly Dictionary<string, Models> _models = new(StringComparer.Ordinal);
    private int _read;

    public PastForecasts(VotingRecord record)
    {
        _record = record;
        _rollCalls = new RollCallMatrix(record);
        _rows = new TrainingRows(_rollCalls);
    }

    /// <summary>Forecasts the selected resolutions.</summary>
    public IEnumerable<PastForecast> Forecast(Func<PastResolution, bool> isSelected) =>
        _record
            .Resolutions.Select((resolution, i) => (resolution, i))
            .Where(t => isSelected(t.resolution))
            .Select(t => Forecast(t.i));

    private PastForecast Forecast(int index)
    {
        var resolution = _record.Resolutions[index];
        var names = PackedNames.Unpack(resolution.Names);
        var isEmergency = RollCallMatrix.IsEmergency(resolution.Session);
        var key = isEmergency ? $"es {resolution.Day.Year}" : resolution.Session;
        if (!_models.TryGetValue(key, out var models))
        {
            var since = isEmergency ? new DateOnly(resolution.Day.Year, 1, 1) : resolution.Day;
            _models[key] = models = Learn(_rollCalls.CountBefore(since.DayNumber));
        }
        var plain = _record.Before(index);
        if (models.Learned is null)
        {
            return new PastForecast(
                resolution,
                names,
                [.. names.Select(name => plain.ChancesOf(name.MemberState))],
                new RecordFactors(
                    models.Factors,
                    ObservedRollCall.NoveltyIn(resolution.Session),
                    Kernel: null,
                    IsReady: true
                )
            );
        }
        ReadUntil(index + 1);
        var row = _rows.Read(index).Warm;
        var learned = row.Features.Predict(models.Learned.Coefficients);
        var chances = new Chances[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var at = FactorModel.Outcomes * Array.IndexOf(row.Named, _rollCalls.IndexOf(names[i].MemberState)!.Value);
            var own = Chances.Normalize(learned[at], learned[at + 1], learned[at + 2], learned[at + 3]);
            chances[i] = isEmergency ? Mix(plain.ChancesOf(names[i].MemberState), own) : own;
        }
        var day = resolution.Day.DayNumber;
        var similarities = new WordWeights(_rollCalls, _rollCalls.CountBefore(day)).Compare(
            ResolutionTarget.FromPast(resolution)
        );
        return new PastForecast(
            resolution,
            names,
            chances,
            new RecordFactors(
                models.Factors,
                isEmergency ? Novelty.New : Novelties.From(row.Novelty),
                new ResolutionKernel(
                    models.Kernel!,
                    _rollCalls,
                    similarities,
                    day,
                    isEmergency ? _rollCalls.SessionNumber(resolution.Session) : -1
                ),
                IsReady: true
            )
        );
    }

    private Models Learn(int count)
    {
        if (count < LeastLearned)
        {
            return new Models(null, FactorModel.From(_record, count), null);
        }
        ReadUntil(count);
        var learned = LearnedModel.Build(_rows, count);
        return new Models(learned, FactorModel.From(learned), new StanceKernel(learned.Agreements));
    }

    // Rows can only be read from the oldest to the newest, and the next model needs those of the last years.
    private void ReadUntil(int count)
    {
        const int years = 10;
        var first = _rollCalls.CountBefore(
            count == 0 ? 0 : _record.Resolutions[count - 1].Day.AddYears(-years).DayNumber
        );
        for (_read = Math.Max(_read, Math.Min(first, count - LeastLearned)); _read < count; _read++)
        {
            _rows.Read(_read);
        }
    }

    private static Chances Mix(Chances plain, Chances learned)
    {
        Span<double> mixed = stackalloc double[FactorModel.Outcomes];
        var sum = 0d;
        for (var c = 0; c < mixed.Length; c++)
        {
            mixed[c] = Math.Pow(plain[(Vote)c], PlainShare) * Math.Pow(learned[(Vote)c], 1 - PlainShare);
            sum += mixed[c];
        }
        return Chances.Normalize(mixed[0] / sum, mixed[1] / sum, mixed[2] / sum, mixed[3] / sum);
    }

    private sealed record Models(LearnedModel? Learned, FactorModel Factors, StanceKernel? Kernel);
}
