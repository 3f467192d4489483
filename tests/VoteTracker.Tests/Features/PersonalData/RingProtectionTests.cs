using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Database;
using VoteTracker.Tests.Features.Contacts;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>The keys in the database are protected by a key file or a certificate outside it.</summary>
[EveryEngine]
[UnsupportedOSPlatform("windows")]
public sealed class RingProtectionTests
{
    [Test]
    [OnlySqlite]
    public async Task A_file_of_SQLite_has_a_key_file_beside_it_without_which_it_does_not_start()
    {
        using var folder = new Folder();
        string path;
        using (var app = new App(folder: folder))
        {
            path = await ContactRequests.Add(app);
        }
        var key = Databases.FileOf(folder) + ".key";
        File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ProtectedBy(folder).ShouldStartWith("key-file:");
        File.Move(key, key + ".away");
        (await Start(folder)).ShouldContain("its key file");
        var (exitCode, output) = await Service.Run(folder, []);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("Restore the key file there, or name it in ProtectionKeyFile.");
        File.Exists(key).ShouldBeFalse("a new key would hide the loss of the old one");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        (await Start(folder)).ShouldContain("is not the one that protects");
        await File.WriteAllTextAsync(key, "short");
        (await Start(folder)).ShouldContain("must have one line with 32 bytes as base64");
        using var named = new App(settings: new() { ["ProtectionKeyFile"] = key + ".away" }, folder: folder);
        (await named.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
    }

    [Test]
    public async Task A_certificate_protects_the_keys_and_can_be_replaced_by_another_one()
    {
        using var folder = new Folder();
        using var files = new Folder();
        var (first, second) = (Certificate(files, "first.pfx"), Certificate(files, "second.pfx"));
        string path;
        using (var app = new App(settings: Settings(first), folder: folder))
        {
            path = await ContactRequests.Add(app);
        }
        var before = ProtectedBy(folder);
        before.ShouldStartWith("certificate:");
        (await Start(folder)).ShouldContain("Name its file in ProtectionCertificate.");
        (
            await Start(
                folder,
                new Settings { ProtectionCertificate = second, ProtectionCertificatePassword = "secret" }
            )
        ).ShouldContain("Add it after the new one, separated by a comma.");
        using (var app = new App(settings: Settings($"{second}, {first}"), folder: folder))
        {
            (await app.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
        }
        ProtectedBy(folder).ShouldNotBe(before);
        using var later = new App(settings: Settings(second), folder: folder);
        (await later.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
    }

    [Test]
    [OnlyPostgres]
    public async Task The_keys_of_PostgreSQL_are_protected_from_the_start_that_names_a_key_file()
    {
        using var folder = new Folder();
        using var files = new Folder();
        string path;
        using (var app = new App(folder: folder))
        {
            path = await ContactRequests.Add(app);
        }
        ProtectedBy(folder).ShouldBe("nothing");
        var key = Path.Combine(files, "ring.key");
        (await Start(folder, new Settings { ProtectionKeyFile = key })).ShouldContain("does not exist");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (await Start(folder, new Settings { ProtectionKeyFile = key })).ShouldContain("chmod o-rwx");
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        using (var app = new App(settings: new() { ["ProtectionKeyFile"] = key }, folder: folder))
        {
            (await app.Lobbyist.GetJson(path))["name"]!.GetValue<string>().ShouldBe("The desk");
        }
        ProtectedBy(folder).ShouldStartWith("key-file:");
        (await Start(folder)).ShouldContain("Name it in ProtectionKeyFile.");
    }

    [Test]
    public async Task A_certificate_that_every_user_of_the_machine_can_read_is_rejected()
    {
        using var folder = new Folder();
        using var files = new Folder();
        var certificate = Certificate(files, "open.pfx");
        File.SetUnixFileMode(certificate, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var (exitCode, output) = await Service.Run(
            folder,
            ["--ProtectionCertificate", certificate, "--ProtectionCertificatePassword", "secret"]
        );
        exitCode.ShouldBe(2, output);
        output.ShouldContain("ProtectionCertificate: every user of this machine can read");
        output.ShouldContain("chmod o-rwx");
    }

    private static Dictionary<string, string> Settings(string certificate) =>
        new() { ["ProtectionCertificate"] = certificate, ["ProtectionCertificatePassword"] = "secret" };

    // The message with which a start fails.
    private static async Task<string> Start(string folder, Settings? settings = null)
    {
        using var db = new Db(
            (settings ?? new Settings()) with
            {
                Database = Databases.Setting(folder),
            },
            TimeProvider.System,
            NullLogger<Db>.Instance
        );
        return (await Should.ThrowAsync<SettingException>(() => db.Keys.Check())).Message;
    }

    private static string ProtectedBy(string folder)
    {
        using var connection = Databases.Open(folder);
        return Dapper.SqlMapper.QuerySingle<string>(connection, "SELECT protected_by FROM protection_key");
    }

    private static string Certificate(string folder, string name)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddYears(1)
        );
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "secret"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
