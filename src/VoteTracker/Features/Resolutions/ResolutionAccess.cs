using System.Data.Common;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Resolutions;

/// <summary>Why a caller does not get a resolution.</summary>
internal enum ResolutionDenial
{
    /// <summary>There is no such resolution, or the caller may not know of it.</summary>
    NotFound,

    /// <summary>The caller may see the resolution, but the requested data needs a higher role.</summary>
    RoleTooLow,

    /// <summary>The requested data exists only before the vote.</summary>
    VoteIsOver,
}

/// <summary>Decides which resolutions a caller may see.</summary>
internal static class ResolutionAccess
{
    /// <summary>Finds a resolution for a caller, or the reason that the caller does not get it.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="id">The resolution's id.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="mayRead">Whether a caller that sees the resolution may read the requested data; always if null.</param>
    public static async Task<(Resolution? Resolution, ResolutionDenial? Denial)> Find(
        DbConnection connection,
        string id,
        Caller caller,
        Func<Caller, Resolution, bool>? mayRead = null
    )
    {
        if (
            await ResolutionStore.Find(connection, id) is not { } resolution
            || !caller.SeesResolution(id, resolution.Visibility, resolution.Basis)
        )
        {
            return (null, ResolutionDenial.NotFound);
        }
        return mayRead is null || mayRead(caller, resolution)
            ? (resolution, null)
            : (null, ResolutionDenial.RoleTooLow);
    }

    /// <summary>
    /// The condition, in SQL, that every caller may see the resolution that a record names, or that the record names none.
    /// </summary>
    /// <param name="resolution">The column with the resolution's id.</param>
    public static string IsPublic(string resolution) =>
        $"""
            ({resolution} IS NULL OR EXISTS (
                SELECT 1 FROM resolution named
                WHERE named.id = {resolution}
                    AND (named.visibility <> 'private' OR EXISTS (
                        SELECT 1 FROM roll_call held WHERE held.resolution = named.id AND held.removed_at IS NULL
                    ))
            ))
            """;

    /// <summary>A resolution without its parent, if the caller may not see the parent.</summary>
    public static async Task<Resolution> HideParent(DbConnection connection, Resolution resolution, Caller caller) =>
        resolution.Parent is null
        || caller.SeesAlways(resolution.Parent)
        || await Find(connection, resolution.Parent, caller) is { Denial: null }
            ? resolution
            : resolution with
            {
                Parent = null,
            };
}

/// <summary>Loads the resolution of a route for an endpoint; throws a <see cref="ProblemException"/> if access is denied.</summary>
internal static class RouteResolution
{
    /// <summary>Loads a resolution that the caller may see; otherwise 404, so that a caller cannot learn which ids exist.</summary>
    public static async Task<Resolution> Load(DbConnection connection, string id, Caller caller) =>
        (await ResolutionAccess.Find(connection, id, caller)).Resolution
        ?? throw new ProblemException(Problems.NoResolution(id));

    /// <summary>
    /// Loads a resolution for a caller with the role that the endpoint declares. A caller below the role gets 401 if it can
    /// see the resolution, and 404 if it cannot.
    /// </summary>
    public static async Task<Resolution> LoadWithRole(DbConnection connection, string id, HttpContext http)
    {
        var resolution = await Load(connection, id, Caller.FromContext(http));
        return RequiresRight.Check(http) is { } problem ? throw new ProblemException(problem) : resolution;
    }

    /// <summary>Loads a resolution if the caller may read the requested data: 404 as above, and 401 if the role is too low.</summary>
    public static async Task<Resolution> Load(
        DbConnection connection,
        string id,
        HttpContext http,
        Func<Caller, Resolution, bool> mayRead
    )
    {
        var caller = Caller.FromContext(http);
        var (resolution, denial) = await ResolutionAccess.Find(connection, id, caller, mayRead);
        return resolution
            ?? throw new ProblemException(
                denial == ResolutionDenial.RoleTooLow
                    ? KeyProblems.RoleTooLow(http, caller, Right.SeeStances)
                    : Problems.NoResolution(id)
            );
    }
}
