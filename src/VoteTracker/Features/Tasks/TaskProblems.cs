namespace VoteTracker.Features.Tasks;

/// <summary>The problems of endpoints for tasks.</summary>
internal static class TaskProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no task with that number.";
}
