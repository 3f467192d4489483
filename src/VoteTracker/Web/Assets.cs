using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace VoteTracker.Web;

/// <summary>The addresses of style sheets and scripts. An address has the hash of its content, so browsers cache it for a year.</summary>
public sealed class Assets(IHostEnvironment environment)
{
    /// <summary>The folder of the addresses.</summary>
    public const string Folder = "/assets/";

    /// <summary>How the files are served: an address with a hash never changes its content.</summary>
    public static StaticFileOptions Options { get; } =
        new()
        {
            OnPrepareResponse = static file =>
                file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v")
                    ? "public, max-age=31536000, immutable"
                    : "public, no-cache",
        };

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
