namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// A way to read a member's past votes: how fast they count less, text after text and year after year, how much texts of
/// other sessions count, and how much of everybody's votes is mixed in while there are few of its own.
/// </summary>
/// <param name="Decay">What a vote counts of the one after it in the session.</param>
/// <param name="HalfLife">Days after which a vote counts half.</param>
/// <param name="Elsewhere">What a text of another session counts of one of this session, times how alike they are.</param>
/// <param name="Prior">How many votes of everybody's are mixed in.</param>
internal readonly record struct DecayModel(double Decay, double HalfLife, double Elsewhere, double Prior)
{
    private const double FourYears = 1461;
    private const double ElevenYears = 4018;

    /// <summary>Ways to foresee how those vote who do: yes, no or abstain.</summary>
    public static IReadOnlyList<DecayModel> OfVotes { get; } = All([0.5, 0.7, 0.9], [0, 0.5], [0.3, 0.8]);

    /// <summary>Ways to foresee who votes at all: a habit of the delegation more than of the subject.</summary>
    public static IReadOnlyList<DecayModel> OfAttendance { get; } = All([0.7, 0.9], [0.3, 1], [0.5, 2]);

    /// <summary>What a vote weighs that is so many texts back, so old, and on a text so much alike; 1 in the same session.</summary>
    public double Weight(int back, double days, double? alike) =>
        Math.Pow(2, -days / HalfLife) * (alike is { } a ? Elsewhere * a : 1) * Math.Pow(Decay, back);

    private static DecayModel[] All(double[] decays, double[] elsewhere, double[] priors) =>
        [
            .. from decay in decays
            from halfLife in new[] { FourYears, ElevenYears }
            from other in elsewhere
            from prior in priors
            select new DecayModel(decay, halfLife, other, prior),
        ];
}
