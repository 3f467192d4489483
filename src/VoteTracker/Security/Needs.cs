using VoteTracker.Http;

namespace VoteTracker.Security;

/// <summary>What an endpoint needs of its caller; every endpoint says it.</summary>
internal sealed record Needs(Role Role);

/// <summary>Says it where an endpoint is mapped.</summary>
internal static class NeedsExtensions
{
    /// <summary>The lowest role that may call it; <see cref="Role.Anonymous"/> where something of it is public.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Role role)
    {
        route
            .WithMetadata(new Needs(role))
            .Fails(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        // Whoever has a key is a viewer.
        return role <= Role.Viewer ? route : route.Fails(StatusCodes.Status403Forbidden);
    }
}
