using System.Runtime.Versioning;

namespace VoteTracker.Tests.Process;

/// <summary>Keys that the service reads from files, and the first key that it writes to one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyFilesTests
{
    [Test]
    public async Task The_admin_key_can_come_from_a_file()
    {
        using var folder = new Folder();
        await WriteSecret(folder, "admin.key", App.AdminKey + "\n");
        await using var service = await Service.Start(
            folder,
            adminKey: null,
            settings: ["--AdminKeyFile", "admin.key"]
        );
        service.Output.ShouldNotContain("vt_");
        using var client = service.Client();
        await client.GetJson("/v1/api-keys");
    }

    [Test]
    public async Task A_new_first_key_goes_to_a_file_that_its_owner_alone_can_read()
    {
        using var folder = new Folder();
        var file = Path.Combine(folder, "first.key");
        await using (
            var service = await Service.Start(folder, adminKey: null, settings: ["--FirstKeyFile", "first.key"])
        )
        {
            service.Output.ShouldNotContain("vt_");
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using var client = service.Client((await File.ReadAllTextAsync(file)).TrimEnd('\n'));
            await client.GetJson("/v1/api-keys");
            await service.Stop();
        }
        // A later start has a first key, and needs no file.
        File.Delete(file);
        await using var again = await Service.Start(folder, adminKey: null, settings: ["--FirstKeyFile", "first.key"]);
        File.Exists(file).ShouldBeFalse();
    }

    [Test]
    public async Task A_first_key_can_be_chosen_in_a_file()
    {
        using var folder = new Folder();
        await WriteSecret(folder, "first.key", App.AdminKey + "\n");
        await using var service = await Service.Start(
            folder,
            adminKey: null,
            settings: ["--FirstKeyFile", "first.key"]
        );
        service.Output.ShouldNotContain("vt_");
        using var client = service.Client();
        (await client.GetJson("/v1/api-keys"))["items"]!.AsArray().Single()!["label"]!
            .GetValue<string>()
            .ShouldBe("first admin");
    }

    [TestCase("the file missing.key does not exist", "--AdminKeyFile", "missing.key")]
    [TestCase("must have one line with vt_", "--AdminKeyFile", "short.key")]
    [TestCase("every user of this machine can read open.key", "--AdminKeyFile", "open.key")]
    [TestCase(
        "DatabasePasswordFile is set, but Database names a SQLite file",
        "--DatabasePasswordFile",
        "good.key",
        "--Database",
        "Data Source=x.db"
    )]
    [TestCase(
        "Database has a password too",
        "--DatabasePasswordFile",
        "good.key",
        "--Database",
        "Host=nowhere;Password=secret"
    )]
    [TestCase(
        "every user of this machine can read open.key",
        "--DatabasePasswordFile",
        "open.key",
        "--Database",
        "Host=nowhere"
    )]
    [TestCase("both set", "--AdminKeyFile", "good.key", "--AdminKey", App.AdminKey)]
    [TestCase("must have one line with vt_", "--FirstKeyFile", "short.key")]
    [TestCase("cannot be created", "--FirstKeyFile", "no-folder/first.key")]
    public async Task A_start_with_an_unusable_key_file_prints_one_line(string message, params string[] settings)
    {
        using var folder = new Folder();
        await WriteSecret(folder, "short.key", "vt_secret-but-short");
        await WriteSecret(folder, "good.key", App.AdminKey);
        await File.WriteAllTextAsync(Path.Combine(folder, "open.key"), App.AdminKey);
        File.SetUnixFileMode(Path.Combine(folder, "open.key"), Private | UnixFileMode.OtherRead);
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", .. settings]);
        exitCode.ShouldBe(2, output);
        output.Trim().ShouldContain(message);
        output.Trim().Split('\n').Length.ShouldBe(1, output);
        output.ShouldNotContain("secret");
        output.ShouldNotContain(App.AdminKey);
    }

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static async Task WriteSecret(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text);
        File.SetUnixFileMode(path, Private);
    }
}
