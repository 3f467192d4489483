using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Endpoints.Server;
using VoteTracker.Tests.Process;
using static VoteTracker.Tests.Endpoints.Server.IssuedCertificates;

namespace VoteTracker.Tests.Endpoints.Server;

/// <summary>TLS by the service itself, with certificates that are renewed while it runs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServerCertificateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_renewed_certificate_is_used_for_new_connections_and_a_broken_one_is_not()
    {
        using var folder = new Folder();
        using var app = new App(settings: Write(folder, "first.example", days: 90));
        var address = Start(app);
        using var first = new TlsClient(address);
        (await first.Get("/v1/groups")).ShouldBe("first.example");
        // Clients have the root only, so they need the issuer too.
        first.Sent.ShouldBe(2);
        app.Services.GetRequiredService<ServerCertificate>()
            .NotAfter.ShouldBe(app.Clock.GetUtcNow() + TimeSpan.FromDays(90), Minute);

        // Only the certificate is replaced yet, as by a program that writes two files.
        var key = await File.ReadAllTextAsync(Path.Combine(folder, "key.pem"));
        Write(folder, "second.example", days: 90);
        var newKey = await File.ReadAllTextAsync(Path.Combine(folder, "key.pem"));
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key);
        app.Clock.Advance(Minute);
        using (var client = new TlsClient(address))
        {
            (await client.Get("/")).ShouldBe("first.example");
        }
        app.Log.Count(line => line.Contains("the earlier one stays in use", StringComparison.Ordinal)).ShouldBe(1);
        app.Clock.Advance(Minute);
        app.Log.Count(line => line.Contains("the earlier one stays in use", StringComparison.Ordinal)).ShouldBe(1);

        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), newKey);
        app.Clock.Advance(Minute);
        using var second = new TlsClient(address);
        (await second.Get("/v1/groups")).ShouldBe("second.example");
        // The earlier connection continues.
        (await first.Get("/v1/groups")).ShouldBe("first.example");
        first.Connections.ShouldBe(1);

        File.Delete(Path.Combine(folder, "key.pem"));
        app.Clock.Advance(Minute);
        app.Log.ShouldContain(line => line.Contains("key.pem does not exist", StringComparison.Ordinal));
        using var last = new TlsClient(address);
        (await last.Get("/")).ShouldBe("second.example");
        last.Strict.ShouldBe("max-age=15552000");
    }

    [Test]
    public async Task The_operator_is_warned_two_weeks_before_the_end_once_a_day()
    {
        using var folder = new Folder();
        using var app = new App(settings: Write(folder, "old.example", days: 15));
        Start(app);
        int Warnings() => app.Log.Count(line => line.Contains("The certificate expires on", StringComparison.Ordinal));
        Warnings().ShouldBe(0);
        app.Clock.Jump(TimeSpan.FromDays(1.5));
        app.Clock.Advance(Minute);
        Warnings().ShouldBe(1);
        app.Clock.Advance(Minute);
        Warnings().ShouldBe(1);
        app.Clock.Jump(TimeSpan.FromDays(1));
        app.Clock.Advance(Minute);
        Warnings().ShouldBe(2);
        app.Clock.Jump(TimeSpan.FromDays(20));
        app.Clock.Advance(Minute);
        app.Log.ShouldContain(line => line.Contains("The certificate expired on", StringComparison.Ordinal));
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_file_in_PKCS_12_with_a_password_works_and_HTTP_2_is_offered()
    {
        using var folder = new Folder();
        using var issued = Issue("pfx.example", days: 90, out var issuer);
        var file = Path.Combine(folder, "server.pfx");
        await File.WriteAllBytesAsync(
            file,
            new X509Certificate2Collection { issued, issuer }.Export(X509ContentType.Pkcs12, "pass word")!
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), "pass word\n");
        Protect(file);
        Protect(Path.Combine(folder, "password"));
        using var app = new App(
            settings: new()
            {
                ["Urls"] = "https://127.0.0.1:0",
                ["Certificate"] = file,
                ["CertificatePasswordFile"] = Path.Combine(folder, "password"),
                ["HstsDays"] = "0",
            }
        );
        using var client = new TlsClient(Start(app), HttpVersion.Version20);
        (await client.Get("/v1/resolutions/es-10-27/tally")).ShouldBe("pfx.example");
        client.Strict.ShouldBeNull();
        client.Version.ShouldBe(HttpVersion.Version20);
    }

    [TestCase("Certificate is not set", "--Urls", "https://127.0.0.1:0")]
    [TestCase(
        "no address in Urls begins with https://",
        "--Urls",
        "http://127.0.0.1:0",
        "--Certificate",
        "server.pem",
        "--CertificateKey",
        "key.pem"
    )]
    [TestCase("the file nothing.pem does not exist", "--Urls", "https://127.0.0.1:0", "--Certificate", "nothing.pem")]
    [TestCase(
        "must have a certificate, and server.pem its private key",
        "--Urls",
        "https://127.0.0.1:0",
        "--Certificate",
        "server.pem"
    )]
    [TestCase(
        "every user of this machine can read open.pem",
        "--Urls",
        "https://127.0.0.1:0",
        "--Certificate",
        "server.pem",
        "--CertificateKey",
        "open.pem"
    )]
    [TestCase("Certificate is not. Set Certificate", "--Urls", "http://127.0.0.1:0", "--CertificateKey", "key.pem")]
    public async Task A_certificate_that_cannot_be_used_ends_the_start_with_a_sentence(
        string message,
        params string[] settings
    )
    {
        using var folder = new Folder();
        Write(folder, "any.example", days: 90);
        File.Copy(Path.Combine(folder, "key.pem"), Path.Combine(folder, "open.pem"));
        File.SetUnixFileMode(
            Path.Combine(folder, "open.pem"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead
        );
        Protect(Path.Combine(folder, "server.pem"));
        var (exitCode, output) = await Service.Run(folder, settings, App.AdminKey);
        exitCode.ShouldBe(2, output);
        output.ShouldContain(message);
        output.ShouldNotContain("   at ");
    }

    private static Uri Start(App app)
    {
        app.UseKestrel();
        app.StartServer();
        return new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }
}
