using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Resolutions;

/// <summary>The problems of opening, changing and deleting a resolution.</summary>
internal static class ResolutionProblems
{
    /// <summary>409: the parent of a resolution would be the resolution itself, or below it.</summary>
    public static ProblemHttpResult ParentLoop(string id) => ConflictTypes.ParentLoop.Create(id);

    /// <summary>409: another resolution has the id.</summary>
    public static ProblemHttpResult DuplicateId(string id) => ConflictTypes.DuplicateId.Create(id);

    /// <summary>409: the resolution has more than its creation, and cannot be deleted.</summary>
    public static ProblemHttpResult HasHistory(string id, string history) =>
        ConflictTypes.HasHistory.Create(id, history);

    /// <summary>409: the status contradicts the record.</summary>
    public static ProblemHttpResult StatusConflict(bool hasVote) =>
        hasVote ? ConflictTypes.StatusOfVote.Create() : ConflictTypes.StatusWithoutVote.Create();
}
