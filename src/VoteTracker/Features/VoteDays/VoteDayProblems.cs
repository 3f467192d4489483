using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>The problems of endpoints for vote days.</summary>
internal static class VoteDayProblems
{
    /// <summary>The meaning of a 404, for the contract.</summary>
    public const string NotFoundDescription = "No resolution has that id, or no vote day of it is open.";

    /// <summary>The meaning of a 409, for the contract.</summary>
    public const string ConflictDescription = "The vote is recorded, or the vote day has another status; see `type`.";

    /// <summary>404: no vote day is open.</summary>
    public static ProblemHttpResult NotFound(string id) =>
        Problems.NotFound($"No vote day of '{id}' is open. Open one with PUT.");

    /// <summary>409: the resolution has a roll call, was withdrawn, or was adopted without a vote; null if its vote can be entered.</summary>
    public static ProblemHttpResult? FindRecorded(Resolution resolution) =>
        resolution.Basis switch
        {
            Basis.Stances => null,
            Basis.None => ConflictTypes.NoVote.Create(EnumWord<ResolutionStatus>.ToWord(resolution.Status)),
            _ => VoteDayConflictTypes.VoteIsRecorded.Create(EnumWord<ResolutionStatus>.ToWord(resolution.Status)),
        };

    /// <summary>409: nothing can be entered, because the result is proposed or confirmed.</summary>
    public static ProblemHttpResult Closed(VoteDayStatus status) =>
        VoteDayConflictTypes.VoteDayStatus.Create(
            EnumWord<VoteDayStatus>.ToWord(status),
            "Reopen it before you change it."
        );

    /// <summary>
    /// 409: a vote day has votes or a proposed result, so a roll call would be a result that no second person confirmed; null
    /// if nothing was entered.
    /// </summary>
    public static async Task<ProblemHttpResult?> FindUnconfirmed(DbConnection connection, string id) =>
        await VoteDayStore.Find(connection, id) is { State: { } status and not VoteDayStatus.Confirmed }
        && (status == VoteDayStatus.Proposed || await VoteDayStore.HasVotes(connection, id))
            ? VoteDayConflictTypes.VoteDayStatus.Create(
                EnumWord<VoteDayStatus>.ToWord(status),
                "Confirm its result, or discard it first."
            )
            : null;

    /// <summary>409: there is no proposal to confirm.</summary>
    public static ProblemHttpResult NotProposed(VoteDayStatus status) =>
        VoteDayConflictTypes.VoteDayStatus.Create(
            EnumWord<VoteDayStatus>.ToWord(status),
            "Only a proposed result can be confirmed."
        );

    /// <summary>409: it is open already.</summary>
    public static ProblemHttpResult NotClosed() =>
        VoteDayConflictTypes.VoteDayStatus.Create(
            EnumWord<VoteDayStatus>.ToWord(VoteDayStatus.Entering),
            "Only a proposed one can be reopened."
        );
}
