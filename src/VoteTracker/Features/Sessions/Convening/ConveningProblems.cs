using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>The problems of endpoints for requests and for votes in the Council.</summary>
internal static class ConveningProblems
{
    /// <summary>The description of the 404 of a request in the contract.</summary>
    public const string NoRequestDescription =
        "This caller can see no session with that id, no member state has that code, or it has no recorded request.";

    /// <summary>The description of the 404 of a vote in the contract.</summary>
    public const string NoVoteDescription =
        "This caller can see no session with that id, or no vote of the Security Council on it is recorded.";

    /// <summary>The description of the 409 in the contract.</summary>
    public const string NotCountedDescription = "Nothing of this kind is counted for the session.";

    /// <summary>404: no request of the state is recorded.</summary>
    public static ProblemHttpResult NoRequest(string iso3) =>
        Problems.NotFound($"No request of {iso3} for this session is recorded.");

    /// <summary>404: no vote in the Council is recorded.</summary>
    public static ProblemHttpResult NoVote() =>
        Problems.NotFound("No vote of the Security Council on this session is recorded.");

    /// <summary>404 if no current or former member has the code; null if one has.</summary>
    public static ProblemHttpResult? FindState(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3)?.Kind switch
        {
            SeatKind.Member or SeatKind.Former => null,
            SeatKind.Observer => Problems.NotFound(
                $"{iso3} is an observer, and only members can request a session (rules 8 and 9)."
            ),
            var kind => Problems.NoMemberState(iso3, kind),
        };

    /// <summary>409 if no request is counted for a session of this kind; null if they are.</summary>
    public static ProblemHttpResult? FindUncountedRequest(Session session) =>
        session.Kind == SessionKind.Regular
            ? PreparationConflictTypes.NotCounted.Create(
                "A regular session convenes each September by rule 1, so no request is counted."
            )
            : null;

    /// <summary>409 if no vote in the Council is counted for a session of this kind; null if it is.</summary>
    public static ProblemHttpResult? FindUncountedVote(Session session) =>
        session.Kind switch
        {
            SessionKind.NewEmergencySession => null,
            SessionKind.Resumption => PreparationConflictTypes.NotCounted.Create(
                "The resolution that adjourned the session decides how it is resumed, so no vote of the Council is counted. Record the requests of members."
            ),
            _ => PreparationConflictTypes.NotCounted.Create(
                "The votes of the Council are counted for emergency special sessions alone (rule 8 (b))."
            ),
        };
}
