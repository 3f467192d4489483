using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VoteTracker.Features.Doctor;

/// <summary>
/// The end of certificates: of the files that the service uses, and of the one that the public address shows, from the
/// service or from a proxy.
/// </summary>
internal sealed class CertificatesCheck : ICheck
{
    private const string Check = "certificates";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Renewal usually happens 30 days ahead.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public async Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        var now = examination.Clock.GetUtcNow();
        List<Finding> found = [];
        var files = FindFiles(examination.Configuration).ToList();
        found.AddRange(files.Select(file => JudgeFile(file.Name, file.Path, now)));
        if (
            files.Count == 0
            && ListenAddresses.Parse(examination.Settings.Urls).Any(address => address.Scheme == Uri.UriSchemeHttps)
        )
        {
            found.Add(
                Finding.Error(
                    Check,
                    "Urls has an https address, but no certificate is set.",
                    "Set Certificate and CertificateKey, or let a proxy serve TLS."
                )
            );
        }
        if (examination.Settings.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(await JudgeAddress(new Uri(examination.Settings.PublicUrl), now));
        }
        if (found.Count == 0)
        {
            found.Add(Finding.Ok(Check, "The settings name no certificate and no https address."));
        }
        return found;
    }

    // The files of certificates, each with the setting that names it. A setting for TLS has its line here.
    private static IEnumerable<(string Name, string Path)> FindFiles(IConfiguration configuration) =>
        configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(endpoint => $"{endpoint.Path}:Certificate:Path")
            .Prepend("Kestrel:Certificates:Default:Path")
            .Prepend(nameof(Settings.Certificate))
            .Select(name => (Name: name, Path: configuration[name]))
            .Where(file => !string.IsNullOrEmpty(file.Path))
            .Select(file => (file.Name, file.Path!));

    private static Finding JudgeFile(string name, string path, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            return JudgeEnd($"The certificate {path} of {name}", certificate, now);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException)
        {
            return File.Exists(path)
                ? Finding.Warning(
                    Check,
                    $"The certificate {path} of {name} cannot be read without its password, so its end is unknown.",
                    "Check its end by hand, or use a certificate in PEM format."
                )
                : Finding.Error(Check, $"The certificate {path} of {name} does not exist.", $"Correct {name}.");
        }
    }

    private static async Task<Finding> JudgeAddress(Uri address, DateTimeOffset now)
    {
        var errors = SslPolicyErrors.None;
        try
        {
            using var limit = new CancellationTokenSource(Timeout);
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
#pragma warning disable CA5359, MA0039 // The certificate is judged here. Nothing is sent on this connection.
            await using var tls = new SslStream(
                client.GetStream(),
                leaveInnerStreamOpen: false,
                (_, _, _, found) =>
                {
                    errors = found;
                    return true;
                }
            );
#pragma warning restore CA5359, MA0039
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = address.Host },
                limit.Token
            );
            using var certificate = new X509Certificate2(tls.RemoteCertificate!);
            var end = JudgeEnd($"The certificate of {address.Authority}", certificate, now);
            return end.Level == FindingLevel.Ok && errors != SslPolicyErrors.None
                ? Finding.Error(
                    Check,
                    $"Clients reject the certificate of {address.Authority}: {errors}.",
                    "Install a certificate for this name, with its intermediate certificates."
                )
                : end;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return Finding.Warning(
                Check,
                $"{address.Authority} cannot be reached from this machine, so its certificate is unknown.",
                "Check it from another machine: curl -sSI and the address of PublicUrl."
            );
        }
    }

    private static Finding JudgeEnd(string subject, X509Certificate2 certificate, DateTimeOffset now)
    {
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        var begin = new DateTimeOffset(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero);
        var day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return end <= now ? Finding.Error(Check, $"{subject} expired on {day}.", "Renew it now.")
            : begin > now
                ? Finding.Error(
                    Check,
                    $"{subject} is not valid yet.",
                    "Check the clock of the machine, and the certificate."
                )
            : end <= now + Soon ? Finding.Warning(Check, $"{subject} expires on {day}.", "Renew it.")
            : Finding.Ok(Check, $"{subject} is valid until {day}.");
    }
}
