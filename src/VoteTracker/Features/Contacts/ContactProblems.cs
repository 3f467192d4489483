using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Contacts;

/// <summary>The problems of endpoints for contacts.</summary>
internal static class ContactProblems
{
    /// <summary>404: no contact has the id.</summary>
    public static ProblemHttpResult NotFound() => Problems.NotFound("There is no such contact.");
}
