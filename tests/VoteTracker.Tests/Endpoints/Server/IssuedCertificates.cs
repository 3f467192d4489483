using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VoteTracker.Tests.Endpoints.Server;

/// <summary>Certificates that the tests issue.</summary>
[UnsupportedOSPlatform("windows")]
internal static class IssuedCertificates
{
    /// <summary>Writes a certificate with its issuer, and its key. Returns the settings that name them.</summary>
    public static Dictionary<string, string> Write(string folder, string name, int days)
    {
        using var issued = Issue(name, days, out var issuer);
        var (certificate, key) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificate, $"{issued.ExportCertificatePem()}\n{issuer.ExportCertificatePem()}\n");
        File.WriteAllText(key, issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Protect(key);
        return new()
        {
            ["Urls"] = "https://127.0.0.1:0",
            ["Certificate"] = certificate,
            ["CertificateKey"] = key,
        };
    }

    /// <summary>Issues a certificate by an issuer that has one of a root.</summary>
    public static X509Certificate2 Issue(string name, int days, out X509Certificate2 issuer)
    {
        var from = Clocks.NewYorkMorning().GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root.example", rootKey)
            .CreateSelfSigned(from.AddDays(-3), from.AddDays(days + 2));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Authority("CN=issuer.example", issuerKey)
            .Create(root, from.AddDays(-2), from.AddDays(days + 1), RandomNumberGenerator.GetBytes(8));
        using var self = signed.CopyWithPrivateKey(issuerKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var issued = request.Create(
            self,
            from.AddDays(-1),
            from.AddDays(days),
            RandomNumberGenerator.GetBytes(8)
        );
        issuer = X509CertificateLoader.LoadCertificate(self.RawData);
        return issued.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    /// <summary>Makes a file readable by its owner only.</summary>
    public static void Protect(string path) =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
