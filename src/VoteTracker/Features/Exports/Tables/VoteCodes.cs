using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A recorded vote in the word of this service and in the codes that researchers use.</summary>
internal readonly record struct VoteCodes(Vote? Vote, string? Undl, int? Voeten, Vote? Intended)
{
    // Voeten's number for a state that was not a member on that day.
    private const int NotAMember = 9;

    /// <summary>
    /// The codes of a name in a roll call. A member that a recorded roll call does not name has only Voeten's 9; before the
    /// vote, no member has a code.
    /// </summary>
    public static VoteCodes FromVote(NamedVote? name, bool isRecorded) =>
        name switch
        {
            { Vote: var vote, Intended: var intended } => new VoteCodes(vote, UndlOf(vote), VoetenOf(vote), intended),
            null => new VoteCodes(null, null, isRecorded ? NotAMember : null, null),
        };

    /// <summary>The letter of the UN Digital Library.</summary>
    public static string UndlOf(Vote vote) =>
        vote switch
        {
            VoteTracker.Voting.Rules.Vote.Yes => "Y",
            VoteTracker.Voting.Rules.Vote.No => "N",
            VoteTracker.Voting.Rules.Vote.Abstain => "A",
            _ => "X",
        };

    /// <summary>The number in Voeten's data.</summary>
    public static int VoetenOf(Vote vote) =>
        vote switch
        {
            VoteTracker.Voting.Rules.Vote.Yes => 1,
            VoteTracker.Voting.Rules.Vote.Abstain => 2,
            VoteTracker.Voting.Rules.Vote.No => 3,
            _ => 8,
        };
}
