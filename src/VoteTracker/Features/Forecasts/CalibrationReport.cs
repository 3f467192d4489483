using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Compares forecasts with votes. It includes only members that could vote, and only resolutions with a recorded stance.</summary>
public sealed record CalibrationReport
{
    /// <summary>The description of a report in the contract.</summary>
    internal const string Method =
        "How often stances came true: by certainty, by kind of evidence and by author. Also the Brier score and the log loss of the forecast at the time of the vote, and a table of reliability. Stances are those at the time of the vote, and the record is the one before that vote, read by the plain model.";

    /// <summary>The resolution's id; null for all resolutions.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The number of resolutions.</summary>
    public required int Resolutions { get; init; }

    /// <summary>The accuracy of the forecast at the time of the vote, over all members, also those without a stance.</summary>
    public required ForecastAccuracy Forecast { get; init; }

    /// <summary>How often stances came true, in total.</summary>
    public required StanceCalibration Stances { get; init; }

    /// <summary>By certainty: `confirmed`, `likely`, `leaning`.</summary>
    public required IReadOnlyList<StanceCalibration> ByCertainty { get; init; }

    /// <summary>By kind of evidence.</summary>
    public required IReadOnlyList<StanceCalibration> ByEvidence { get; init; }

    /// <summary>By author: the label of the key.</summary>
    public required IReadOnlyList<StanceCalibration> ByRecorder { get; init; }

    /// <summary>How reliable the chances were: how often an outcome happened whose chance was 0 to 0.1, 0.1 to 0.2, and so on.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    internal static CalibrationReport Create(string? resolution, int resolutions, IReadOnlyList<Expected> all)
    {
        var accuracy = Accuracy.FromForecasts(all.Select(e => (e.Chances, e.Vote)));
        var withStance = all.Where(e => e.Promised is not null).ToList();
        return new CalibrationReport
        {
            Resolution = resolution,
            Resolutions = resolutions,
            Forecast = new ForecastAccuracy
            {
                Count = accuracy.Count,
                LogLoss = accuracy.Count == 0 ? null : accuracy.FiniteLogLoss,
                Brier = accuracy.Count == 0 ? null : accuracy.Brier,
                Share = accuracy.Count == 0 ? null : accuracy.Share,
            },
            Stances = StanceCalibration.FromExpected("all", withStance),
            ByCertainty =
            [
                .. EnumWord<Certainty>.All.Select(word =>
                    StanceCalibration.FromExpected(
                        word,
                        withStance.Where(e => EnumWord<Certainty>.ToWord(e.Ballot.Certainty) == word)
                    )
                ),
            ],
            ByEvidence =
            [
                .. EnumWord<Evidence>.All.Select(word =>
                    StanceCalibration.FromExpected(
                        word,
                        withStance.Where(e => EnumWord<Evidence>.ToWord(e.Evidence) == word)
                    )
                ),
            ],
            ByRecorder =
            [
                .. withStance
                    .GroupBy(e => e.Recorder ?? "", StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => StanceCalibration.FromExpected(g.Key, g)),
            ],
            Reliability = ReliabilityBin.FromExpected(all),
        };
    }
}

/// <summary>The accuracy of forecasts; the values are null if there are none.</summary>
public sealed record ForecastAccuracy
{
    /// <summary>The number of members.</summary>
    public required int Count { get; init; }

    /// <summary>The mean of −ln of the chance of what happened; 1.386 is a blind guess. Null if such a chance was 0, which settings of 1 can cause.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>The mean of the Brier score over the four outcomes, 0 to 2; 0.75 is a blind guess.</summary>
    public required double? Brier { get; init; }

    /// <summary>How often the likeliest outcome happened.</summary>
    public required double? Share { get; init; }
}
