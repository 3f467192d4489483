using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The parameters of forecasts: how likely a position is held, how it ages, and what happens otherwise.</summary>
public sealed record ForecastParameters
{
    /// <summary>The defaults, which the settings use too.</summary>
    public static readonly ForecastParameters Default = new();

    /// <summary>The probability that a confirmed position is held, on the day of its evidence.</summary>
    public double Confirmed { get; init; } = 0.97;

    /// <summary>The same for a likely position.</summary>
    public double Likely { get; init; } = 0.85;

    /// <summary>The same for a leaning.</summary>
    public double Leaning { get; init; } = 0.65;

    /// <summary>The days after which a confirmed position has half its weight, and the record the other half.</summary>
    public double ConfirmedHalfLife { get; init; } = 180;

    /// <summary>The same for a likely position.</summary>
    public double LikelyHalfLife { get; init; } = 60;

    /// <summary>The same for a leaning that the record neither supports nor contradicts.</summary>
    public double LeaningHalfLife { get; init; } = 30;

    /// <summary>For a member without a record: the share of abstentions if a position is not held.</summary>
    public double RestAbstain { get; init; } = 0.6;

    /// <summary>The same share of absences.</summary>
    public double RestAbsent { get; init; } = 0.3;

    /// <summary>The same share of the opposite vote. Without a position, half of it is yes and half no.</summary>
    public double RestOpposite { get; init; } = 0.1;

    /// <summary>The probability that a position of that certainty is held on its first day.</summary>
    public double HoldProbability(Certainty certainty) =>
        certainty switch
        {
            Certainty.Confirmed => Confirmed,
            Certainty.Likely => Likely,
            _ => Leaning,
        };

    /// <summary>
    /// The days after which a position has half its weight. A leaning lasts longer if the record supports it: from a quarter
    /// of its half-life if the member never voted that way, to 1.75 times if it always did.
    /// </summary>
    public double HalfLife(Certainty certainty, double recordShare) =>
        certainty switch
        {
            Certainty.Confirmed => ConfirmedHalfLife,
            Certainty.Likely => LikelyHalfLife,
            _ => LeaningHalfLife * (0.25 + 1.5 * recordShare),
        };

    /// <summary>The chances of a member without a record: in general, or if it does not hold a position.</summary>
    internal Chances IfNotHeld(Vote? instead)
    {
        var yes = instead == Vote.No ? RestOpposite : RestOpposite / 2;
        var no = instead == Vote.Yes ? RestOpposite : RestOpposite / 2;
        return Normal(
            instead == Vote.Yes ? 0 : yes,
            instead == Vote.No ? 0 : no,
            instead == Vote.Abstain ? 0 : RestAbstain,
            instead == Vote.NonVoting ? 0 : RestAbsent
        );
    }

    /// <summary>The chances, given that the member does not cast that vote.</summary>
    internal Chances GivenNot(Chances chances, Vote vote) =>
        1 - chances[vote] < 1e-9
            ? IfNotHeld(vote)
            : Normal(
                vote == Vote.Yes ? 0 : chances.Yes,
                vote == Vote.No ? 0 : chances.No,
                vote == Vote.Abstain ? 0 : chances.Abstain,
                vote == Vote.NonVoting ? 0 : chances.Absent
            );

    private static Chances Normal(double yes, double no, double abstain, double absent)
    {
        var sum = yes + no + abstain + absent;
        return sum > 0
            ? Chances.Normalize(yes / sum, no / sum, abstain / sum, absent / sum)
            // All remaining shares are 0.
            : Chances.Certain(Vote.NonVoting);
    }
}
