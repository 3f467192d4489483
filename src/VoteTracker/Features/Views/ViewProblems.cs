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

    /// <summary>400: the label has as many views as it can have.</summary>
    public static ProblemHttpResult TooMany() =>
        Problems.Invalid(
            "name",
            $"must be the name of a saved view: a label has at most {ViewStore.MostOfLabel} views. Delete one first"
        );

    /// <summary>404: another label has no shared view with the name.</summary>
    public static ProblemHttpResult NotShared(string name, string by) =>
        Problems.NotFound(
            $"{SafeText.Quote(by)} shares no view with the name {SafeText.Quote(ViewName.Decode(name))}."
        );
}
