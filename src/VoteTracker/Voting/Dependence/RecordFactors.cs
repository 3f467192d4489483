using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Voting.Dependence;

/// <summary>How members depend on each other in a forecast of one resolution.</summary>
/// <param name="Model">The factors.</param>
/// <param name="Novelty">The novelty of the resolution.</param>
/// <param name="Kernel">What known stances say by agreement; null if the record is too small for it.</param>
/// <param name="IsReady">False while the factors are being estimated: until then, members are independent.</param>
internal sealed record RecordFactors(FactorModel Model, Novelty Novelty, ResolutionKernel? Kernel, bool IsReady)
{
    /// <summary>Independent members, because the factors could not be estimated.</summary>
    public static RecordFactors None { get; } = new(FactorModel.Empty, Novelty.New, Kernel: null, IsReady: true);

    /// <summary>Independent members, while the factors are being estimated.</summary>
    public static RecordFactors Preparing { get; } = new(FactorModel.Empty, Novelty.New, Kernel: null, IsReady: false);

    /// <summary>The dependence in the forecast of a resolution.</summary>
    /// <param name="model">The factors.</param>
    /// <param name="kernel">The kernel of known stances; null if the record is too small for it.</param>
    /// <param name="prediction">The prediction from the record.</param>
    /// <param name="session">The session of the resolution.</param>
    /// <param name="day">Its day.</param>
    public static RecordFactors Create(
        FactorModel model,
        StanceKernel? kernel,
        RecordPrediction prediction,
        string session,
        DateOnly day
    )
    {
        var isEmergency = RollCallMatrix.IsEmergency(session);
        return new RecordFactors(
            model,
            isEmergency || prediction.Learned is null
                ? ObservedRollCall.NoveltyIn(session)
                : Novelties.From(prediction.Learned.Novelty),
            kernel is null || prediction.Learned is null
                ? null
                : new ResolutionKernel(
                    kernel,
                    prediction.Learned.Similarities,
                    day.DayNumber,
                    isEmergency ? kernel.RollCalls.SessionNumber(session) : -1
                ),
            IsReady: true
        );
    }

    /// <summary>The cases of members; null without factors.</summary>
    /// <param name="members">The members.</param>
    /// <param name="update">What the known stances say about the factors; null if they are not used.</param>
    public VoteCases? FindCases(IEnumerable<CaseMember> members, StanceUpdate? update) =>
        Model.IsEmpty
            ? null
            : VoteCases.Create(Model, update?.Factors ?? FactorDistribution.From(Model, Novelty), [.. members]);

    /// <summary>
    /// What the known stances say about the other members; null without factors, or if there is no stance of a member that
    /// a roll call names.
    /// </summary>
    public StanceUpdate? Update(IReadOnlyList<MemberWithRecord> members) =>
        members.Any(member => member.Position is not null && Model.IndexOf(member.MemberState) is not null)
            ? StanceUpdate.Create(Model, Novelty, Kernel, members)
            : null;
}
