using VoteTracker.Voting.KnownStances;

namespace VoteTracker.Voting.Dependence;

/// <summary>How members depend on each other in a forecast of one resolution.</summary>
/// <param name="Model">The factors.</param>
/// <param name="Novelty">The novelty of the resolution.</param>
/// <param name="Kernel">What known stances say by agreement; null if the record is too small for it.</param>
/// <param name="IsReady">False while the factors are being estimated: until then, members are independent.</param>
internal sealed record RecordFactors(FactorModel Model, Novelty Novelty, ResolutionKernel? Kernel, bool IsReady)
{
    /// <summary>The cases of members; null without factors.</summary>
    /// <param name="members">The members.</param>
    /// <param name="update">What the known stances say about the factors; null if they are not used.</param>
    public VoteCases? FindCases(IEnumerable<CaseMember> members, StanceUpdate? update) =>
        Model.IsEmpty
            ? null
            : VoteCases.Create(Model, update?.Factors ?? FactorDistribution.From(Model, Novelty), [.. members]);

    /// <summary>What the known stances say about the other members; null without factors, or if no stance is known.</summary>
    public StanceUpdate? Update(IReadOnlyList<MemberWithRecord> members) =>
        Model.IsEmpty || members.All(member => member.Position is null)
            ? null
            : StanceUpdate.Create(Model, Novelty, Kernel, members);
}
