using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints;

/// <summary>Declares endpoints for other sites, crawlers and readers of link previews.</summary>
internal static class OtherSites
{
    /// <summary>
    /// Other sites use it: it never reads the cookie of a session, and it accepts any query parameter. The contract does not
    /// have it.
    /// </summary>
    public static RouteHandlerBuilder IsForOtherSites(this RouteHandlerBuilder route) =>
        route.WithMetadata(new Page(), new IgnoresSession()).IgnoresUnknownParameters().ExcludeFromDescription();
}
