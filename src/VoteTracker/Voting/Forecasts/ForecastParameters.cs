using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>What stances mean in numbers: how likely what was said comes true, for how long, and what happens otherwise.</summary>
public sealed record ForecastParameters
{
    /// <summary>The defaults of the settings.</summary>
    internal static ForecastParameters Default { get; } = new();

    /// <summary>How likely a confirmed position is held to, on the day it is recorded.</summary>
    public double Confirmed { get; init; } = 0.97;

    /// <summary>A likely one.</summary>
    public double Likely { get; init; } = 0.85;

    /// <summary>A leaning.</summary>
    public double Leaning { get; init; } = 0.65;

    /// <summary>The days after which half of a confirmed position has given way to the record.</summary>
    public double ConfirmedHalfLife { get; init; } = 180;

    /// <summary>Of a likely one.</summary>
    public double LikelyHalfLife { get; init; } = 60;

    /// <summary>Of a leaning which the record neither supports nor contradicts.</summary>
    public double LeaningHalfLife { get; init; } = 30;

    /// <summary>Of a member without a record, the part of what is not held to that is an abstention.</summary>
    public double RestAbstain { get; init; } = 0.6;

    /// <summary>That part that is an absence.</summary>
    public double RestAbsent { get; init; } = 0.3;

    /// <summary>That part that is the opposite; where nothing is, half of it yes and half no.</summary>
    public double RestOpposite { get; init; } = 0.1;

    /// <summary>How likely a position of that certainty is held to on its first day.</summary>
    public double HoldProbability(Certainty certainty) =>
        certainty switch
        {
            Certainty.Confirmed => Confirmed,
            Certainty.Likely => Likely,
            _ => Leaning,
        };

    /// <summary>
    /// The days after which half of it has given way. A leaning lasts as the record bears it out: from a quarter of its
    /// time where the member never voted so to one and three quarters where it always did.
    /// </summary>
    public double HalfLife(Certainty certainty, double recordOfIt) =>
        certainty switch
        {
            Certainty.Confirmed => ConfirmedHalfLife,
            Certainty.Likely => LikelyHalfLife,
            _ => LeaningHalfLife * (0.25 + 1.5 * recordOfIt),
        };

    /// <summary>What a member does of which nothing at all is known, or, where it holds a position, what it does instead.</summary>
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

    /// <summary>The chances as they are where it is not that one.</summary>
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
            // What is left over has no place in these numbers.
            : Chances.Certain(Vote.NonVoting);
    }
}
