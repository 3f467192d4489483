using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Web;

/// <summary>The address of the service, with which absolute addresses begin.</summary>
internal static class PublicOrigin
{
    /// <summary>The address of a new installation, which the examples of the documents name.</summary>
    public const string Example = "http://127.0.0.1:5080";

    /// <summary>The setting `PublicUrl`, or the address of the request; without a final slash.</summary>
    public static string Of(HttpRequest request, Settings settings) =>
        PublicAddress.Parse(settings.PublicUrl) ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>
    /// Whether the address is that of the setting. A response with an address of the request must not be in a shared cache:
    /// a client chooses the host that it names.
    /// </summary>
    public static bool IsFixed(Settings settings) => settings.PublicUrl.Length > 0;
}
