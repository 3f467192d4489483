using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Endorsements;

/// <summary>The problems of endpoints for endorsements.</summary>
internal static class EndorsementProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no endorsement with that number.";

    /// <summary>The description of the 409 in the contract.</summary>
    public const string DuplicateDescription =
        "The organisation has an endorsement for the same state and resolution: see `detail`.";

    /// <summary>409: the organisation has the same endorsement.</summary>
    public static ProblemHttpResult Duplicate(Endorsement current) =>
        PreparationConflictTypes.DuplicateEndorsement.Create(current.Id);
}
