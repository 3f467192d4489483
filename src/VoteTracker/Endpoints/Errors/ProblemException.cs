using Microsoft.AspNetCore.Http.HttpResults;

namespace VoteTracker.Endpoints.Errors;

/// <summary>A problem from code that cannot return a result: the binding of a parameter, or a write.</summary>
internal sealed class ProblemException(ProblemHttpResult problem) : Exception
{
    /// <summary>The response.</summary>
    public ProblemHttpResult Problem => problem;
}
