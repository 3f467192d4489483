using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Scenarios;

/// <summary>The problems of endpoints for scenarios.</summary>
internal static class ScenarioProblems
{
    /// <summary>The description of the 404 of a read in the contract.</summary>
    public const string NotFoundDescription =
        "This caller can see no resolution with that id, or no scenario has that name.";

    /// <summary>404: no scenario has the name.</summary>
    public static ProblemHttpResult NotFound(string name) =>
        Problems.NotFound($"No scenario has the name {SafeText.Quote(name)}.");

    /// <summary>400 if a scenario cannot have the name; otherwise null.</summary>
    public static ProblemHttpResult? CheckName(string name) =>
        ResolutionId.Shape().IsMatch(name)
            ? null
            : Problems.Invalid("name", "must be 1 to 64 of a-z, 0-9 and inner hyphens");
}
