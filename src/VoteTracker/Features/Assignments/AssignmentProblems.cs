using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Assignments;

/// <summary>The problems of endpoints for assignments.</summary>
internal static class AssignmentProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription =
        "No resolution has that id, no member or observer has that code, or the state is not assigned.";

    /// <summary>404: the state is not assigned.</summary>
    public static ProblemHttpResult NotAssigned(string iso3) => Problems.NotFound($"{iso3} is not assigned.");

    /// <summary>Whether a code is that of a member or observer. Only these are assigned.</summary>
    public static bool MayBeAssigned(ReferenceData referenceData, string iso3) =>
        referenceData.Roster.Find(iso3) is { Kind: SeatKind.Member or SeatKind.Observer };
}
