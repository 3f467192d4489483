using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.CoSponsors;

/// <summary>The problems of endpoints for co-sponsors.</summary>
internal static class CoSponsorProblems
{
    /// <summary>The description of the 404 of a write in the contract.</summary>
    public const string NotFoundDescription =
        "No resolution has that id, no member or observer has that code, or it is not among the co-sponsors.";

    /// <summary>404: the state is not among the co-sponsors.</summary>
    public static ProblemHttpResult NotAmongThem(string iso3, string hint = "") =>
        Problems.NotFound($"{iso3} is not among the co-sponsors{hint}.");
}
