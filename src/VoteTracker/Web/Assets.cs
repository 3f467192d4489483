using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace VoteTracker.Web;

/// <summary>The addresses of style sheets and scripts. An address has the hash of its content, so browsers cache it for a year.</summary>
public sealed class Assets(IHostEnvironment environment)
{
    /// <summary>The folder of the addresses.</summary>
    public const string Folder = "/assets/";

    /// <summary>
    /// How the files are served: an address with a hash never changes its content. The script for other sites and the icon
    /// have addresses that never change.
    /// </summary>
    public static StaticFileOptions Options { get; } =
        new() { ContentTypeProvider = ContentTypes(), OnPrepareResponse = static file => Prepare(file.Context) };

    private static void Prepare(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var headers = http.Response.Headers;
        headers.CacheControl =
            http.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable"
            : path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) ? "public, no-cache"
            : "public, max-age=300";
        // No caller changes a file.
        headers.Remove(HeaderNames.Vary);
        if (Path.GetExtension(path) is ".html" or ".http")
        {
            headers.ContentDisposition = $"attachment; filename=\"{Path.GetFileName(path)}\"";
        }
    }

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".http"] = "text/plain; charset=utf-8";
        return types;
    }

    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>The address of a file.</summary>
    public string Address(string name) =>
        _addresses.GetOrAdd(
            name,
            static (name, root) =>
            {
                var bytes = File.ReadAllBytes(Path.Combine(root, "wwwroot", "assets", name));
                return $"{Folder}{name}?v={Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}";
            },
            environment.ContentRootPath
        );
}
