using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;

namespace VoteTracker.Security;

/// <summary>The role that an endpoint needs; every endpoint declares it once.</summary>
internal sealed record RequiresRole(Role Role)
{
    /// <summary>
    /// Whether a caller below the role gets 404 for a resolution that it cannot see. The endpoint then checks the role
    /// when it has found the resolution.
    /// </summary>
    public bool HidesExistence { get; init; }

    /// <summary>401 or 403 for a caller below the role that the endpoint declares; null for any other caller.</summary>
    public static ProblemHttpResult? Check(HttpContext http)
    {
        var needed = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RequiresRole>().Role;
        var caller = Caller.FromContext(http);
        return caller.Role < needed ? KeyProblems.RoleTooLow(http, caller, needed) : null;
    }
}

/// <summary>Declares the role of an endpoint.</summary>
internal static class NeedsExtensions
{
    /// <summary>The lowest role that may call it; <see cref="Role.Anonymous"/> where something of it is public.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Role role, bool hidesExistence = false)
    {
        route
            .WithMetadata(new RequiresRole(role) { HidesExistence = hidesExistence })
            .Fails(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        // Every key has at least the role viewer.
        return role <= Role.Viewer ? route : route.Fails(StatusCodes.Status403Forbidden);
    }
}
