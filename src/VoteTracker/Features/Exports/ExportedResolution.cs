using System.Data.Common;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>The resolution of an export.</summary>
internal static class ExportedResolution
{
    /// <summary>
    /// Loads the resolution as of the moment of the export, for a caller that may see the table. Otherwise a
    /// <see cref="ProblemException"/>: 404, 401, or 400 if a parameter is wrong.
    /// </summary>
    public static async Task<Resolution> Load(
        DbConnection connection,
        ExportRequest request,
        string id,
        Func<Caller, Resolution, bool> sees
    )
    {
        var resolution = await RouteResolution.Load(connection, id, request.Http, sees);
        request.Check();
        if (request.AsOf is not { } moment)
        {
            return resolution;
        }
        return moment < resolution.CreatedAt
            ? throw new ProblemException(Problems.NoResolutionThen(id))
            : await ResolutionStore.LoadAsOf(connection, resolution, moment);
    }
}
