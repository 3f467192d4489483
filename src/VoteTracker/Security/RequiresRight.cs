using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Security.Audit;

namespace VoteTracker.Security;

/// <summary>The right that an endpoint requires; every endpoint declares it once.</summary>
internal sealed record RequiresRight(Right Right)
{
    /// <summary>
    /// Whether a caller without the right gets 404 for a resolution that it cannot see. The endpoint then checks the
    /// right when it has found the resolution.
    /// </summary>
    public bool HidesExistence { get; init; }

    /// <summary>401 or 403 for a caller without the right that the endpoint declares; null for any other caller.</summary>
    public static ProblemHttpResult? Check(HttpContext http)
    {
        var right = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RequiresRight>().Right;
        var caller = Caller.FromContext(http);
        return caller.May(right) ? null : KeyProblems.RoleTooLow(http, caller, right);
    }
}

/// <summary>Declares the right that an endpoint requires.</summary>
internal static class RequiresRightExtensions
{
    /// <summary>The right to call it; <see cref="Right.ReadPublic"/> if some of its data is public.</summary>
    public static RouteHandlerBuilder Requires(this RouteHandlerBuilder route, Right right, bool hidesExistence = false)
    {
        route
            .WithMetadata(new RequiresRight(right) { HidesExistence = hidesExistence })
            .Fails(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests)
            .Audited();
        return Rights.IsPublic(right) || Rights.IsOfEveryKey(right)
            ? route
            : route.Fails(StatusCodes.Status403Forbidden);
    }
}
