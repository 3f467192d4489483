using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Sessions;

/// <summary>The problems of endpoints for sessions.</summary>
internal static class SessionProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no session with that id.";

    /// <summary>404: no session that this caller can see has the id.</summary>
    public static ProblemHttpResult NotFound(string id) =>
        Problems.NotFound(
            ResolutionId.OfText(id) is { } written
                ? $"There is no session {SafeText.Quote(id)}; they are listed at /v1/sessions?all=true. Ids are lower case: {written}."
                : $"There is no session {SafeText.Quote(id)}; they are listed at /v1/sessions?all=true."
        );
}
