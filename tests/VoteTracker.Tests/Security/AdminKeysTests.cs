using VoteTracker.Tests.Process;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Security;

/// <summary>The admin key of the settings, and keys that the command line adds.</summary>
[EveryEngine]
public sealed class AdminKeysTests
{
    [Test]
    public async Task The_admin_key_of_the_settings_works_while_it_is_set_on_a_database_that_has_keys_too()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        try
        {
            string made;
            using (var first = Copy(folder, App.AdminKey))
            {
                made = await NewKey(first, new { label = "made", role = "admin" });
            }
            using (var again = Copy(folder, App.AdminKey))
            {
                (await again.Admin.GetAsync("/v1/api-keys")).EnsureSuccessStatusCode();
            }
            using (var other = Copy(folder, "vt_another-admin-key-of-the-tests-987654"))
            {
                (
                    await other.WithKey("vt_another-admin-key-of-the-tests-987654").GetAsync("/v1/api-keys")
                ).EnsureSuccessStatusCode();
                using var old = await other.Admin.GetAsync("/v1/api-keys");
                await old.ShouldBeProblem(401);
            }
            using var without = Copy(folder, "");
            using var gone = await without.Admin.GetAsync("/v1/api-keys");
            await gone.ShouldBeProblem(401);
            (await without.WithKey(made).GetAsync("/v1/api-keys")).EnsureSuccessStatusCode();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static App Copy(string folder, string adminKey)
        {
            return new App(
                settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["AdminKey"] = adminKey },
                folder: folder
            );
        }
    }

    [AnyEngine]
    [TestCase("vt_too-short-0123456789")]
    [TestCase("xy_the-admin-key-of-the-tests-0123456789")]
    [TestCase("vt_the-admin-key-of-the-tests-01234567 89")]
    [TestCase("vt_the-admin-key-of-the-tests-0123456789é")]
    public async Task With_a_malformed_admin_key_the_service_does_not_start_and_the_message_does_not_show_it(string bad)
    {
        using var app = new App();
        var (exitCode, output) = await Service.Run(app.Folder, ["--AdminKey", bad]);
        exitCode.ShouldNotBe(0);
        output.ShouldContain("AdminKey");
        output.ShouldContain("vt_ and at least 32");
        output.ShouldNotContain(bad);
    }

    [Test]
    public async Task A_key_added_on_the_command_line_works_on_a_service_that_runs()
    {
        using var app = new App();
        (await app.Anonymous.GetAsync(Public)).EnsureSuccessStatusCode();
        var (exitCode, output) = await Service.Run(
            Path.GetTempPath(),
            ["key", "add", "--role", "admin", "--label", "who lost theirs", "--Database", Databases.Setting(app.Folder)]
        );
        exitCode.ShouldBe(0, output);
        var key = output.Trim();
        KeyText().IsMatch(key).ShouldBeTrue(output);
        var keys = await app.WithKey(key).GetJson("/v1/api-keys");
        keys["items"]!.AsArray().Single()!["label"]!.GetValue<string>().ShouldBe("who lost theirs");
        keys["items"]![0]!["role"]!.GetValue<string>().ShouldBe("admin");
    }

    [AnyEngine]
    [TestCase("key", "add")]
    [TestCase("key", "add", "--role", "root")]
    [TestCase("key", "add", "--role", "anonymous")]
    [TestCase("key", "add", "--role", "1")]
    public async Task A_key_with_an_unknown_role_is_not_added(params string[] arguments)
    {
        using var app = new App();
        var (exitCode, output) = await Service.Run(
            app.Folder,
            [.. arguments, "--Database", Databases.Setting(app.Folder)]
        );
        exitCode.ShouldNotBe(0);
        output.ShouldMatch("--role|Must be one of");
        output.ShouldNotContain("vt_");
        (await app.Admin.GetJson("/v1/api-keys"))["items"]!.AsArray().ShouldBeEmpty();
    }
}
