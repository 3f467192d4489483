using System.Net;

namespace VoteTracker.Features.Doctor;

/// <summary>The addresses of the setting `Urls`.</summary>
internal static class ListenAddresses
{
    /// <summary>The addresses. A wildcard such as `http://*:80` has the host `0.0.0.0`.</summary>
    public static IReadOnlyList<Uri> Parse(string urls) =>
        [
            .. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url =>
                    url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
                        .Replace("://+", "://0.0.0.0", StringComparison.Ordinal)
                )
                .Where(url => Uri.TryCreate(url, UriKind.Absolute, out _))
                .Select(url => new Uri(url)),
        ];

    /// <summary>Whether clients of other machines can connect.</summary>
    public static bool IsPublic(Uri address) =>
        !address.IsLoopback && !(IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>The address at which this machine can connect.</summary>
    public static Uri ToLocal(Uri address) =>
        address.Host is "0.0.0.0" or "[::]" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;
}
