namespace VoteTracker.Voting.Rules;

/// <summary>
/// The quorum for a decision: a majority of the members (rule 67), 97 of 193. It does not affect `reached`.
/// </summary>
public sealed record Quorum
{
    /// <summary>Members that must be present: floor(members / 2) + 1.</summary>
    public required int Required { get; init; }

    /// <summary>The sum of yes, no and abstentions; null if the record lacks one of them.</summary>
    public required int? Present { get; init; }

    /// <summary>
    /// Before the vote: true if enough members are counted as present, false if even all undecided and unknown members
    /// would be too few, otherwise null. After the vote: null, because the record does not show who was in the hall.
    /// </summary>
    public required bool? Met { get; init; }

    /// <summary>The quorum before the vote, with <paramref name="open"/> members undecided or unknown.</summary>
    public static Quorum Before(int members, int present, int open)
    {
        var required = members / 2 + 1;
        return new Quorum
        {
            Required = required,
            Present = present,
            Met =
                present >= required ? true
                : present + open < required ? false
                : null,
        };
    }

    /// <summary>The quorum after the vote. The record does not show members that were present and did not vote.</summary>
    public static Quorum After(int members, int? present) =>
        new()
        {
            Required = members / 2 + 1,
            Present = present,
            Met = null,
        };
}
