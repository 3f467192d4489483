using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>What both data packages have in common: what they say of themselves, and how they are sent.</summary>
internal static class PackageEndpoint
{
    public const string MediaType = "application/zip";

    /// <summary>It answers a data package, now or as of a moment.</summary>
    public static RouteHandlerBuilder Packs(this RouteHandlerBuilder route) =>
        route
            .Produces<byte[]>(StatusCodes.Status200OK, MediaType)
            .KnownAt()
            .IsExpensive()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    /// <summary>
    /// Sends a package. One of the past is the same for ever and may be kept; the newest one says where it is answered
    /// again.
    /// </summary>
    public static async Task Send(ExportRequest request, PackageTitle title, Func<DataPackage, Task> fill)
    {
        var headers = request.Http.Response.Headers;
        if (title.Repeatable)
        {
            headers.ContentLocation = title.Address;
        }
        if (request.IsPast && request.IsSettled)
        {
            var who = request.Caller.IsAnonymous ? "public" : "private";
            headers.CacheControl = $"{who}, max-age=31536000, immutable, no-transform";
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

    /// <summary>The address of a package as of its moment.</summary>
    public static string Address(ExportRequest request, bool repeatable, string? query = null)
    {
        string?[] parts = [query, repeatable ? $"asOf={Moments.Text(request.Moment)}" : null];
        var asked = string.Join('&', parts.OfType<string>());
        return asked.Length == 0 ? $"{request.Http.Request.Path}" : $"{request.Http.Request.Path}?{asked}";
    }
}
