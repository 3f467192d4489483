namespace VoteTracker.Features.Pressures;

/// <summary>The problems of endpoints for pressures.</summary>
internal static class PressureProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "There is no pressure with that number.";
}
