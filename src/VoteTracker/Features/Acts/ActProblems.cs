namespace VoteTracker.Features.Acts;

/// <summary>The problems of endpoints for acts.</summary>
internal static class ActProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no act with that number.";
}
