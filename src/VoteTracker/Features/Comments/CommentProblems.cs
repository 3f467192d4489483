using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Comments;

/// <summary>The problems of endpoints for comments.</summary>
internal static class CommentProblems
{
    /// <summary>The description of the 404 of a stance in the contract.</summary>
    public const string NoStanceDescription = "No resolution has that id, or no member state has that code.";

    /// <summary>404: the stance has no comment with the number.</summary>
    public static ProblemHttpResult NotFound() => Problems.NotFound("The stance has no comment with this id.");
}
