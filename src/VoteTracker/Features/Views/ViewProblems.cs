using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Views;

/// <summary>The problems of endpoints for saved views.</summary>
internal static class ViewProblems
{
    /// <summary>404: the caller has no view with the name.</summary>
    public static ProblemHttpResult NotFound(string name) =>
        Problems.NotFound($"This key has no view with the name {SafeText.Quote(ViewName.Decode(name))}.");

    /// <summary>404: another label has no shared view with the name.</summary>
    public static ProblemHttpResult NotShared(string name, string by) =>
        Problems.NotFound(
            $"{SafeText.Quote(by)} shares no view with the name {SafeText.Quote(ViewName.Decode(name))}."
        );
}
