using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>How a change crossed the threshold: the majority that the resolution needs.</summary>
public enum Crossing
{
    /// <summary>The majority is reached, and was not before.</summary>
    Reached,

    /// <summary>The majority is no longer reached.</summary>
    NoLongerReached,
}

/// <summary>Finds the changes that cross the threshold.</summary>
public static class Crossings
{
    /// <summary>
    /// Compares two states of a tally, one directly after the other. Null if the threshold was not crossed. Only counted
    /// stances cross it: a vote decides it instead. The opening has no state before it, so it crosses nothing. A resolution
    /// without a recorded rule has no threshold.
    /// </summary>
    /// <param name="before">The state before the change; null at the opening.</param>
    /// <param name="after">The state after the change.</param>
    public static Crossing? Between(Tally? before, Tally after) =>
        before is not { Basis: Basis.Stances } || after.Basis != Basis.Stances
            ? null
            : (before.Reached, after.Reached) switch
            {
                (false, true) => Crossing.Reached,
                (true, false) => Crossing.NoLongerReached,
                _ => null,
            };
}
