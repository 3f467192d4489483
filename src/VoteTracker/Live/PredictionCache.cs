using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Live;

/// <summary>
/// Predicts resolutions from the record. A changed stance does not change what the record predicts, so predictions are kept
/// as long as their record.
/// </summary>
internal sealed class PredictionCache(LearnedModelCache models, FactorCache factors)
{
    // More drafts than a session has under discussion at a time.
    private const int MaxPredictions = 64;

    private readonly ConditionalWeakTable<
        VotingRecord,
        ConcurrentDictionary<ResolutionTarget, ResolutionPrediction>
    > _kept = [];

    /// <summary>Predicts a resolution that has not been voted on, with the best models that are ready.</summary>
    /// <param name="connection">The connection to the database, which has the resolution.</param>
    /// <param name="record">The record.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="day">The day of the vote.</param>
    public async Task<ResolutionPrediction> Get(
        DbConnection connection,
        VotingRecord record,
        string resolution,
        DateOnly day
    )
    {
        var row = await connection.QuerySingleAsync<ResolutionRow>(
            $"""
            SELECT r.session, r.title, l.agenda, l.subjects
            FROM resolution r
            {CurrentLibraryRecord.Join}
            WHERE r.id = @resolution
            """,
            new { resolution }
        );
        var target = new ResolutionTarget
        {
            Session = row.Session,
            Title = row.Title,
            Agenda = row.Agenda,
            Subjects = row.Subjects,
            Day = day,
        };
        var kept = _kept.GetOrCreateValue(record);
        if (kept.TryGetValue(target, out var last) && IsCurrent(record, last))
        {
            return last;
        }
        if (kept.Count >= MaxPredictions)
        {
            kept.Clear();
        }
        return kept[target] = Predict(record, target);
    }

    /// <summary>
    /// Whether no better model is ready. A prediction of the plain model is replaced once the learned model is ready, and
    /// then once its factors are, or if a build failed.
    /// </summary>
    public bool IsCurrent(VotingRecord record, ResolutionPrediction prediction) =>
        (prediction.Record.Model == ForecastModel.Learned || models.Find(record) is null)
        && (prediction.Factors.IsReady || (factors.Find(record) is null && !factors.HasFailed(record)));

    private ResolutionPrediction Predict(VotingRecord record, ResolutionTarget target)
    {
        var plain = record.Next(target.Session, target.Title, target.Day);
        var prediction = models.Find(record) is { } model ? plain.With(model.Predict(target, plain)) : plain;
        return new ResolutionPrediction(
            prediction,
            factors.Find(record) is { } estimated
                    ? RecordFactors.Create(estimated.Model, estimated.Kernel, prediction, target.Session, target.Day)
                : factors.HasFailed(record) ? RecordFactors.None
                : RecordFactors.Preparing
        );
    }

    private sealed record ResolutionRow
    {
        public string Session { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Agenda { get; init; }
        public string? Subjects { get; init; }
    }
}

/// <summary>What the record predicts for a resolution, before its own stances.</summary>
/// <param name="Record">The chances of each member.</param>
/// <param name="Factors">How members move together.</param>
internal sealed record ResolutionPrediction(RecordPrediction Record, RecordFactors Factors);
