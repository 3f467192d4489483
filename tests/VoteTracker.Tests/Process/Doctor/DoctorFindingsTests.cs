using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VoteTracker.Tests.Features.Contacts;

namespace VoteTracker.Tests.Process.Doctor;

/// <summary>What `doctor` finds on a machine with a database in a file.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DoctorFindingsTests
{
    private const string NoService = "http://127.0.0.1:1";

    [Test]
    public async Task Files_that_others_can_read_and_damaged_pages_are_found()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var file = Databases.FileOf(folder);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var exposed = await DoctorRun.Run(folder, "--Urls", NoService);
        exposed.ExitCode.ShouldBe(0, exposed.Output);
        exposed.ShouldFind("database", $"warning: Other users can read {file}");
        await File.WriteAllTextAsync($"{file}.key", "a key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode($"{file}.key", UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (await DoctorRun.Run(folder, "--Urls", NoService)).ShouldFind(
            "database",
            $"warning: Other users can read {file}.key"
        );

        await using (var pages = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            for (var page = 5; page < 60; page++)
            {
                pages.Position = page * 4096L;
                pages.Write(new byte[4096]);
            }
        }
        var damaged = await DoctorRun.Run(folder, "--Urls", NoService);
        damaged.ExitCode.ShouldBe(1);
        damaged.ShouldFind("database", "error: The file is damaged");

        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "These are notes and no database.");
        var notes = await DoctorRun.Run(folder, "--Urls", NoService, "--Database", "Data Source=notes.txt");
        notes.ExitCode.ShouldBe(1);
        notes.ShouldFind("database", "error: ");
    }

    [Test]
    public async Task The_age_of_the_newest_backup_is_judged()
    {
        using var folder = new Folder();
        (await Level("ok", null)).ShouldFind("backup", "warning: It is unknown where the backups are");
        (await Level("missing", "missing")).ShouldFind("backup", "error: There is no backup in");
        var backups = Directory.CreateDirectory($"{folder}/backups").FullName;
        await File.WriteAllTextAsync($"{backups}/newer.db.unfinished", "a part");
        await File.WriteAllTextAsync($"{backups}/notes.txt", "not a backup");
        (await Level("unfinished", backups)).ShouldFind("backup", "error: There is no backup in");
        var backup = $"{backups}/monday.db";
        await File.WriteAllTextAsync(backup, "a backup");
        (await Level("new", backups)).ShouldFind("backup", "ok: The newest backup, monday.db, is 0 hours old.");
        File.SetLastWriteTimeUtc(backup, DateTime.UtcNow.AddHours(-30));
        (await Level("old", backups)).ShouldFind("backup", "warning: The newest backup, monday.db, is 30 hours old.");
        File.SetLastWriteTimeUtc(backup, DateTime.UtcNow.AddDays(-30));
        (await Level("very old", backups)).ShouldFind("backup", "error: The newest backup");

        async Task<DoctorRun> Level(string name, string? path)
        {
            var run = await DoctorRun.Run(
                folder,
                ["--Urls", NoService, .. path is null ? (string[])[] : ["--backups", path]]
            );
            run.ExitCode.ShouldBe(run.Errors == 0 ? 0 : 1, name);
            return run;
        }
    }

    [Test]
    public async Task Settings_without_effect_and_addresses_without_protection_are_found()
    {
        using var folder = new Folder();
        var key = $"{folder}/first.key";
        await File.WriteAllTextAsync(key, App.AdminKey);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var run = await DoctorRun.RunWith(
            folder,
            [("VOTETRACKER_PUBLICURI", "https://votes.example")],
            ["--Urls", "http://0.0.0.0:1", "--FirstKeyFile", key, "--TrustedProxies", "0.0.0.0/0"]
        );
        run.ExitCode.ShouldBe(1);
        run.ShouldFind("settings", "warning: The variable VOTETRACKER_PUBLICURI is not a setting");
        run.Output.ShouldContain("VOTETRACKER_PUBLICURL");
        run.ShouldFind("settings", "error: Other users can read the key file");
        run.ShouldFind("settings", "warning: The first admin key is still in");
        run.ShouldFind("proxy", "warning: http://0.0.0.0:1/ accepts clients of other machines without TLS");
        run.ShouldFind("proxy", "error: TrustedProxies has 0.0.0.0/0");
        run.ShouldFind("proxy", "warning: A proxy is in front, but PublicUrl is not set");
        run.Output.ShouldNotContain(App.AdminKey);
        var behind = await DoctorRun.Run(folder, "--Urls", NoService, "--PublicUrl", "https://127.0.0.1:1");
        behind.ShouldFind("proxy", "warning: PublicUrl begins with https, and the service has no TLS");
        behind.ShouldFind("certificates", "warning: 127.0.0.1:1 cannot be reached from this machine");
    }

    [Test]
    public async Task The_end_of_certificates_is_found_in_files_and_at_the_public_address()
    {
        using var folder = new Folder();
        using var key = RSA.Create(2048);
        using var expired = Certificate(key, -10, -1);
        using var ending = Certificate(key, -10, 5);
        await File.WriteAllTextAsync($"{folder}/tls.pem", expired.ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve(listener, ending);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var run = await DoctorRun.RunWith(
            folder,
            [("Kestrel__Certificates__Default__Path", $"{folder}/tls.pem")],
            ["--Urls", NoService, "--PublicUrl", $"https://127.0.0.1:{port}"]
        );
        run.ExitCode.ShouldBe(1);
        run.ShouldFind("certificates", "tls.pem of Kestrel:Certificates:Default:Path expired on");
        run.ShouldFind("certificates", $"warning: The certificate of 127.0.0.1:{port} expires on");
        await serving;
    }

    [Test]
    public async Task The_settings_of_backups_and_of_personal_data_are_judged()
    {
        using var folder = new Folder();
        var run = await DoctorRun.Run(folder, "--Urls", NoService, "--BackupFolder", $"{folder}");
        run.ShouldFind("personal-data", "ok: The key file");
        run.ShouldFind("backup", "error: There is no backup in");
        await File.WriteAllTextAsync($"{folder}/notes.txt", "not a backup");
        await File.WriteAllTextAsync($"{folder}/other-000002-20261121T150000Z.db", "a backup of another campaign");
        var without = await DoctorRun.Run(folder, "--Urls", NoService, "--BackupFolder", $"{folder}");
        without.ShouldFind("backup", "error: There is no backup in");
        await File.WriteAllTextAsync($"{folder}/votetracker-000001-20261121T150000Z.db.gz", "a backup");
        var with = await DoctorRun.Run(folder, "--Urls", NoService, "--BackupFolder", $"{folder}");
        with.ShouldFind("backup", "ok: The newest backup, votetracker-000001-20261121T150000Z.db.gz, is 0 hours old.");
        var certificate = $"{folder}/tls.pem";
        using var key = RSA.Create(2048);
        using var expired = Certificate(key, -10, -1);
        await File.WriteAllTextAsync(
            certificate,
            $"{expired.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"
        );
        File.SetUnixFileMode(certificate, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var wrong = await DoctorRun.Run(
            folder,
            "--Urls",
            "https://127.0.0.1:1",
            "--Certificate",
            certificate,
            "--ProtectionKeyFile",
            $"{folder}/lost.key"
        );
        wrong.ExitCode.ShouldBe(1);
        wrong.ShouldFind("certificates", "tls.pem of Certificate expired on");
        wrong.ShouldFind("personal-data", "lost.key of ProtectionKeyFile does not exist");
    }

    [Test]
    public async Task A_service_that_listens_on_https_only_is_asked_without_a_check_of_the_name_in_its_certificate()
    {
        using var folder = new Folder();
        var certificate = $"{folder}/tls.pem";
        using var key = RSA.Create(2048);
        using var named = Certificate(key, -10, 100, "votes.example");
        await File.WriteAllTextAsync(
            certificate,
            $"{named.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"
        );
        File.SetUnixFileMode(certificate, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var address = $"https://127.0.0.1:{Port.Free()}";
        var before = await DoctorRun.Run(folder, "--Urls", address, "--Certificate", certificate);
        before.ShouldFind("service", "No service listens at 127.0.0.1:");
        using var listener = new TcpListener(IPAddress.Loopback, new Uri(address).Port);
        listener.Start();
        var serving = Serve(listener, named, "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"status\":\"ready\"}");
        var run = await DoctorRun.Run(folder, "--Urls", address, "--Certificate", certificate);
        run.ShouldFind("service", $"ok: The service at {new Uri(address).Authority} is ready.");
        await serving;
    }

    [Test]
    public async Task A_key_file_that_was_not_restored_is_found()
    {
        using var folder = new Folder();
        using (var app = new App(folder: folder))
        {
            await ContactRequests.Add(app);
        }
        (await DoctorRun.Run(folder, "--Urls", NoService)).ShouldFind("personal-data", "ok: The key file");
        File.Delete($"{Databases.FileOf(folder)}.key");
        var run = await DoctorRun.Run(folder, "--Urls", NoService);
        run.ExitCode.ShouldBe(1);
        run.ShouldFind("personal-data", "error: The texts about people are encrypted, and the key file");
    }

    [Test]
    public async Task A_warning_of_the_service_is_repeated()
    {
        using var folder = new Folder();
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{Port.Free()}";
        listener.Prefixes.Add($"{address}/");
        listener.Start();
        var serving = Task.Run(async () =>
        {
            var asked = await listener.GetContextAsync();
            asked.Response.Close("""{"status":"ready","warning":"The clock made a step."}"""u8.ToArray(), false);
        });
        var run = await DoctorRun.Run(folder, "--Urls", address);
        await serving;
        run.ShouldFind("service", "is ready, with a warning: The clock made a step.");
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate, string response = "")
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(response));
        await tls.CopyToAsync(Stream.Null);
    }

    private static X509Certificate2 Certificate(RSA key, int fromDays, int toDays, string name = "127.0.0.1")
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
    }
}
