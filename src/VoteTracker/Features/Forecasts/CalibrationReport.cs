using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Whether it came as it was expected. Only members that could vote are in it, and only texts of which a stance was recorded.</summary>
public sealed record CalibrationReport
{
    /// <summary>What a report holds, for the contract.</summary>
    internal const string Method =
        "How often stances came true: by certainty, by what they rested on and by who recorded them, with the Brier score and the log loss of the forecast that stood when the vote was taken, and a table of reliability. Stances are as they stood then, and the record is as it was before that vote.";

    /// <summary>The resolution's id; null where it is about all.</summary>
    public required string? Resolution { get; init; }

    /// <summary>How many resolutions are in it.</summary>
    public required int Resolutions { get; init; }

    /// <summary>How good the forecast was that stood when the vote was taken, over all members, those without a stance too.</summary>
    public required ForecastAccuracy Forecast { get; init; }

    /// <summary>How often stances came true, all together.</summary>
    public required StanceCalibration Stances { get; init; }

    /// <summary>By certainty: `confirmed`, `likely`, `leaning`.</summary>
    public required IReadOnlyList<StanceCalibration> ByCertainty { get; init; }

    /// <summary>By what they rested on.</summary>
    public required IReadOnlyList<StanceCalibration> ByEvidence { get; init; }

    /// <summary>By who recorded them: the key's label.</summary>
    public required IReadOnlyList<StanceCalibration> ByRecorder { get; init; }

    /// <summary>Whether chances can be trusted: how often came what was given one of 0 to 0.1, of 0.1 to 0.2 and so on.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    internal static CalibrationReport Create(string? resolution, int resolutions, IReadOnlyList<Expected> all)
    {
        var accuracy = Accuracy.FromForecasts(all.Select(e => (e.Chances, e.Vote)));
        var held = all.Where(e => e.Promised is not null).ToList();
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
            Stances = StanceCalibration.FromExpected("all", held),
            ByCertainty =
            [
                .. EnumWord<Certainty>.All.Select(word =>
                    StanceCalibration.FromExpected(
                        word,
                        held.Where(e => EnumWord<Certainty>.ToWord(e.Ballot.Certainty) == word)
                    )
                ),
            ],
            ByEvidence =
            [
                .. EnumWord<Evidence>.All.Select(word =>
                    StanceCalibration.FromExpected(word, held.Where(e => EnumWord<Evidence>.ToWord(e.Evidence) == word))
                ),
            ],
            ByRecorder =
            [
                .. held.GroupBy(e => e.Recorder ?? "", StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => StanceCalibration.FromExpected(g.Key, g)),
            ],
            Reliability = ReliabilityBin.FromExpected(all),
        };
    }
}

/// <summary>How good forecasts were; null where there are none.</summary>
public sealed record ForecastAccuracy
{
    /// <summary>How many members.</summary>
    public required int Count { get; init; }

    /// <summary>The mean of −ln of the chance that was given to what happened; 1.386 is a blind guess; null where that was none at all, as settings of 1 make it.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>The mean of the Brier score over the four outcomes, 0 to 2; 0.75 is a blind guess.</summary>
    public required double? Brier { get; init; }

    /// <summary>How often the likeliest outcome is what happened.</summary>
    public required double? Share { get; init; }
}
