using System.Runtime.CompilerServices;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Live;

/// <summary>
/// Caches the learned model of each record. It is built in the background from the first forecast on, which takes seconds.
/// Until it is ready, the plain model predicts.
/// </summary>
internal sealed class LearnedModelCache(ILogger<LearnedModelCache> log)
{
    private readonly ConditionalWeakTable<VotingRecord, Lazy<Task<LearnedModel?>>> _models = [];

    // One at a time, because a build needs about 100 MB.
    private readonly Lock _building = new();

    /// <summary>The model of a record; null while it is being built, and if the record has too few roll calls.</summary>
    public LearnedModel? Find(VotingRecord record)
    {
        if (record.Resolutions.Count < LearnedModel.MinRollCalls)
        {
            return null;
        }
        var model = _models.GetValue(record, key => new Lazy<Task<LearnedModel?>>(() => StartBuilding(key))).Value;
        return model.IsCompletedSuccessfully ? model.Result : null;
    }

    /// <summary>Predicts a resolution that has not been voted on, with the learned model if it is ready.</summary>
    public RecordPrediction Predict(VotingRecord record, ResolutionTarget target)
    {
        var plain = record.Next(target.Session, target.Title, target.Day);
        return Find(record) is { } model ? plain.With(model.Predict(target, plain)) : plain;
    }

    private Task<LearnedModel?> StartBuilding(VotingRecord record) =>
        Task.Factory.StartNew(
            () => Build(record),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    // Null after an error, which would be the same at each attempt.
    private LearnedModel? Build(VotingRecord record)
    {
        lock (_building)
        {
            try
            {
                return LearnedModel.Build(record);
            }
            catch (Exception exception)
            {
                log.LogError("The learned model could not be built: {Kind}", exception.GetType().Name);
                return null;
            }
        }
    }
}
