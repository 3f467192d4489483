using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>What both data packages share: their declaration, and how they are sent.</summary>
internal static class PackageEndpoint
{
    public const string MediaType = "application/zip";

    /// <summary>Declares that an endpoint returns a data package, now or as of a moment.</summary>
    public static RouteHandlerBuilder Packs(this RouteHandlerBuilder route) =>
        route
            .Produces<byte[]>(StatusCodes.Status200OK, MediaType)
            .TakesAsOf()
            .IsExpensive()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    /// <summary>
    /// Sends a package. One of the past never changes and may be cached. The newest one names the address of its moment in
    /// `Content-Location`.
    /// </summary>
    public static async Task Send(SettledRequest settled, PackageTitle title, Func<DataPackage, Task> fill)
    {
        var request = settled.Request;
        var headers = request.Http.Response.Headers;
        if (title.IsReproducible)
        {
            headers.ContentLocation = title.Address;
        }
        if (request.IsPast && settled.IsSettled)
        {
            var scope = request.Caller.IsAnonymous ? "public" : "private";
            headers.CacheControl = $"{scope}, max-age=31536000, immutable, no-transform";
        }
        await Export.Stream(
            request.Http,
            MediaType,
            $"{title.Name}.zip",
            async outgoing =>
            {
                using var package = new DataPackage(outgoing, title);
                await fill(package);
                await package.Finish();
            }
        );
    }

    /// <summary>The path and query of a package as of its moment.</summary>
    public static string Address(ExportRequest request, bool isReproducible, string? query = null)
    {
        string?[] parts = [query, isReproducible ? $"asOf={Moments.Text(request.Moment)}" : null];
        var joined = string.Join('&', parts.OfType<string>());
        return joined.Length == 0 ? $"{request.Http.Request.Path}" : $"{request.Http.Request.Path}?{joined}";
    }
}
