namespace VoteTracker.Voting.Rules;

/// <summary>
/// The presence that a decision needs: a majority of the members (rule 67), 97 of 193. It is never part of `reached`.
/// </summary>
public sealed record Quorum
{
    /// <summary>Members that must be present: floor(members / 2) + 1.</summary>
    public required int Required { get; init; }

    /// <summary>Yes, no and abstentions together; null where the record lacks one of them.</summary>
    public required int? Present { get; init; }

    /// <summary>
    /// Before the vote: true when enough are counted as present, false when even all undecided and unknown would be
    /// too few, else null. After it: null, for the record does not tell who was in the hall.
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

    /// <summary>The quorum after the vote: who was present and pressed no button is not known.</summary>
    public static Quorum After(int members, int? present) =>
        new()
        {
            Required = members / 2 + 1,
            Present = present,
            Met = null,
        };
}
