using System.Runtime.CompilerServices;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Live;

/// <summary>
/// Caches how members move together in each record. For a small record, it is estimated at once. For a large one, it is
/// estimated in the background when the learned model is ready.
/// </summary>
internal sealed class FactorCache(LearnedModelCache models, ILogger<FactorCache> log)
{
    private readonly ConditionalWeakTable<VotingRecord, Lazy<EstimatedFactors>> _ofRecords = [];
    private readonly BackgroundBuilds<LearnedModel, EstimatedFactors> _ofModels = new(
        model => new EstimatedFactors(FactorModel.From(model), new StanceKernel(model)),
        exception => log.LogError("The factors could not be estimated: {Kind}", exception.GetType().Name)
    );

    /// <summary>The factors of a record; null while they are being estimated.</summary>
    public EstimatedFactors? Find(VotingRecord record)
    {
        if (record.Resolutions.Count < LearnedModel.MinRollCalls)
        {
            return _ofRecords
                .GetValue(
                    record,
                    static record => new Lazy<EstimatedFactors>(() => new(FactorModel.From(record), Kernel: null))
                )
                .Value;
        }
        return models.Find(record) is { } model ? _ofModels.Find(model) : null;
    }

    /// <summary>Whether they could not be estimated, with or without a learned model.</summary>
    public bool HasFailed(VotingRecord record) =>
        models.HasFailed(record) || (models.Find(record) is { } model && _ofModels.HasFailed(model));
}

/// <summary>How members move together in a record.</summary>
/// <param name="Model">The factors.</param>
/// <param name="Kernel">The kernel of known stances; null without a learned model.</param>
internal sealed record EstimatedFactors(FactorModel Model, StanceKernel? Kernel);
