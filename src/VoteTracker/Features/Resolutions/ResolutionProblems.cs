using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Resolutions;

/// <summary>The problems of opening and changing a resolution.</summary>
internal static class ResolutionProblems
{
    /// <summary>409: the parent of a resolution would be the resolution itself, or below it.</summary>
    public static ProblemHttpResult ParentLoop(string id) =>
        Problems.Conflict(
            "parent-loop",
            "The parent is its own child",
            $"'{id}' would belong to itself; give another parent, or none."
        );

    /// <summary>409: another resolution has the id.</summary>
    public static ProblemHttpResult DuplicateId(string id) =>
        Problems.Conflict("duplicate-id", "The id is taken", $"There is already a resolution '{id}'; give another id.");

    /// <summary>409: the status contradicts the record.</summary>
    public static ProblemHttpResult StatusConflict(bool hasVote) =>
        Problems.Conflict(
            "status",
            "The status contradicts the record",
            hasVote
                ? "The vote is recorded, so the status must be adopted or not-adopted."
                : "No vote is recorded. Record the roll call, which sets the status."
        );
}
