using System.Runtime.CompilerServices;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Live;

/// <summary>
/// Caches the factors of each record. Those of a small record are estimated at once. Those of a large one take seconds: they
/// are estimated in the background from the first forecast on.
/// </summary>
internal sealed class FactorCache
{
    // About 0.1 s.
    private const int MaxImmediate = 200;

    private readonly ConditionalWeakTable<VotingRecord, Lazy<Task<FactorModel>>> _models = [];

    /// <summary>The factors of a record; null while they are being estimated.</summary>
    public FactorModel? Find(VotingRecord record)
    {
        var count = record.Resolutions.Count;
        var model = _models
            .GetValue(
                record,
                static record => new Lazy<Task<FactorModel>>(() => Task.Run(() => FactorModel.From(record)))
            )
            .Value;
        return model.IsCompleted || count <= MaxImmediate ? model.GetAwaiter().GetResult() : null;
    }
}
