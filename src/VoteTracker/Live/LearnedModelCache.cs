using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Live;

/// <summary>
/// Caches the learned model of each record. It is built in the background from the first forecast on, which takes seconds.
/// Until it is ready, the plain model predicts.
/// </summary>
internal sealed class LearnedModelCache(ILogger<LearnedModelCache> log)
{
    private readonly BackgroundBuilds<VotingRecord, LearnedModel> _models = new(
        LearnedModel.Build,
        exception => log.LogError("The learned model could not be built: {Kind}", exception.GetType().Name)
    );

    /// <summary>The model of a record; null while it is being built, and if the record has too few roll calls.</summary>
    public LearnedModel? Find(VotingRecord record) =>
        record.Resolutions.Count < LearnedModel.MinRollCalls ? null : _models.Find(record);

    /// <summary>Whether the model could not be built.</summary>
    public bool HasFailed(VotingRecord record) => _models.HasFailed(record);
}
