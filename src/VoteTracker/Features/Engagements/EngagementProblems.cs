using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Features.Engagements;

/// <summary>The problems of endpoints for engagements.</summary>
internal static class EngagementProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no engagement with that number.";

    /// <summary>404: no engagement that this caller can see has the number.</summary>
    public static ProblemHttpResult NotFound() => Problems.NotFound("There is no such engagement.");

    /// <summary>The number in the path; 0, which no record has, if it is not a number.</summary>
    public static long Number(this HttpContext http, PathParameter parameter) =>
        long.TryParse(http.Part(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
