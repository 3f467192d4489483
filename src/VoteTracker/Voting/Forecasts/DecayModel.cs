namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// Weights of a member's past votes: how they decay with each resolution and with time, the weight of other sessions, and
/// the weight of the prior while the member has few votes.
/// </summary>
/// <param name="Decay">The weight of a vote relative to the next one in the session.</param>
/// <param name="HalfLife">The days after which a vote has half its weight.</param>
/// <param name="Elsewhere">The weight of a resolution of another session, multiplied by its similarity.</param>
/// <param name="Prior">The weight of the prior, in votes.</param>
internal readonly record struct DecayModel(double Decay, double HalfLife, double Elsewhere, double Prior)
{
    private const double FourYears = 1461;
    private const double ElevenYears = 4018;

    /// <summary>The models of the choice between yes, no and abstain, given that a member votes.</summary>
    public static IReadOnlyList<DecayModel> OfVotes { get; } = All([0.5, 0.7, 0.9], [0, 0.5], [0.3, 0.8]);

    /// <summary>The models of attendance, which depends on the delegation more than on the subject.</summary>
    public static IReadOnlyList<DecayModel> OfAttendance { get; } = All([0.7, 0.9], [0.3, 1], [0.5, 2]);

    /// <summary>The weight of a vote by its number of resolutions back, its age, and its similarity (null in the same session).</summary>
    public double Weight(int back, double days, double? similarity) =>
        Math.Pow(2, -days / HalfLife) * (similarity is { } a ? Elsewhere * a : 1) * Math.Pow(Decay, back);

    private static DecayModel[] All(double[] decays, double[] elsewhere, double[] priors) =>
        [
            .. from decay in decays
            from halfLife in new[] { FourYears, ElevenYears }
            from other in elsewhere
            from prior in priors
            select new DecayModel(decay, halfLife, other, prior),
        ];
}
