using System.Globalization;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Engagements;

/// <summary>The problems of endpoints for engagements.</summary>
internal static class EngagementProblems
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "This caller can see no engagement with that number.";

    /// <summary>The number in the path; 0, which no record has, if it is not a number.</summary>
    public static long Number(this HttpContext http, PathParameter parameter) =>
        long.TryParse(http.Part(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
