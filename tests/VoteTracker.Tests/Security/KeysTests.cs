using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Security;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Database;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Security;

[EveryEngine]
public sealed partial class KeysTests
{
    private const string Public = "/v1/resolutions/es-10-27/tally";

    /// <summary>The log with the lowest level, whatever appsettings.json has.</summary>
    internal static readonly Dictionary<string, string> LogsEverything = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
    };

    [Test]
    public async Task A_wrong_key_is_rejected_at_public_addresses_too()
    {
        using var app = new App(settings: LogsEverything);
        foreach (
            var authorization in (string[])
                [
                    "Bearer",
                    "Bearer ",
                    "Bearer vt_short",
                    "Bearer vt_0123456789012345678901234567890123456789012",
                    "Bearer vt_012345678901234567890123456789012345678901!",
                    "Bearer xx_0123456789012345678901234567890123456789012",
                    "Basic dnRfdGhlLWFkbWluOmtleQ==",
                    "Basic " + App.AdminKey,
                    App.AdminKey,
                    "Bearer " + App.AdminKey + "x",
                    "Bearer " + App.AdminKey + ", Bearer " + App.AdminKey,
                    "Bearer " + App.AdminKey + " " + App.AdminKey,
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Public);
            request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
            using var answer = await app.Anonymous.SendAsync(request);
            var problem = await answer.ShouldBeProblem(401);
            problem["type"]!.GetValue<string>().ShouldBe("/problems/invalid-key", authorization);
            answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
            problem.ToJsonString().ShouldNotContain(App.AdminKey);
        }
        app.Log.ShouldContain(line => line.Contains(Public, StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(App.AdminKey, StringComparison.Ordinal));
    }

    [Test]
    public async Task Two_keys_in_one_request_are_rejected_even_if_both_are_valid()
    {
        using var app = new App();
        var answer = await app.Server.SendAsync(http =>
        {
            http.Request.Path = Public;
            http.Request.Headers.Authorization = new([$"Bearer {App.AdminKey}", $"Bearer {App.AdminKey}"]);
        });
        answer.Response.StatusCode.ShouldBe(401);
    }

    [Test]
    public async Task The_case_of_the_scheme_does_not_matter_and_a_valid_key_reads_public_data()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, Public);
        request.Headers.TryAddWithoutValidation("Authorization", "bearer " + App.AdminKey).ShouldBeTrue();
        using var answer = await app.Anonymous.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    [Test]
    public async Task A_key_expires_at_its_moment()
    {
        using var app = new App();
        var expiresAt = app.Clock.GetUtcNow().AddHours(1);
        var key = await NewKey(
            app,
            new
            {
                label = "an hour",
                role = "viewer",
                expiresAt,
            }
        );
        using var client = app.WithKey(key);
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var expired = await client.GetAsync(Public);
        await expired.ShouldBeProblem(401);
        using var write = await client.Put("/v1/resolutions/es-10-27/stances/NOR", new { });
        await write.ShouldBeProblem(401);
    }

    [Test]
    public async Task A_revoked_key_is_rejected_at_once_even_if_it_was_cached()
    {
        using var app = new App();
        using var made = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "gone", role = "lobbyist" });
        var json = await made.Json();
        using var client = app.WithKey(json["key"]!.GetValue<string>());
        for (var i = 0; i < 3; i++)
        {
            (await client.GetAsync("/v1/contacts")).EnsureSuccessStatusCode();
        }
        var path = $"/v1/api-keys/{json["id"]}";
        using var revoked = await app.Admin.Send(HttpMethod.Delete, path, ifMatch: null);
        ((int)revoked.StatusCode).ShouldBe(204);
        using var contacts = await client.GetAsync("/v1/contacts");
        await contacts.ShouldBeProblem(401);
        using var tally = await client.GetAsync(Public);
        await tally.ShouldBeProblem(401);
    }

    [Test]
    public async Task Of_many_concurrent_requests_with_a_key_one_records_its_use_and_no_other_waits()
    {
        using var app = new App();
        using var client = app.Viewer;
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var writer = await HeldWriter.Hold(app);
        var answers = Enumerable.Range(0, 200).Select(_ => Task.Run(() => client.GetAsync(Public))).ToList();
        while (answers.Count > 1)
        {
            var answer = await Task.WhenAny(answers).WaitAsync(TimeSpan.FromMinutes(1));
            answers.Remove(answer).ShouldBeTrue();
            (await answer).EnsureSuccessStatusCode();
        }
        await writer.WaitForQueued(1);
        await writer.Release();
        (await answers.Single()).EnsureSuccessStatusCode();
        var keys = await app.Admin.GetJson("/v1/api-keys");
        keys["items"]![0]!["lastUsedAt"]!.GetValue<DateTimeOffset>().ShouldBe(app.Clock.GetUtcNow());
    }

    [OnlySqlite]
    [Test]
    public async Task Only_the_hash_of_a_key_is_in_the_database_and_neither_in_a_log()
    {
        using var app = new App(settings: LogsEverything);
        var key = await NewKey(app, new { label = "kept", role = "viewer" });
        (await app.WithKey(key).GetAsync("/v1/changes")).EnsureSuccessStatusCode();
        var hash = ApiKey.Hash(key);
        // The lock file is empty, and no other process can open it.
        var files = Directory
            .GetFiles(app.Folder)
            .Where(file => !file.EndsWith("-lock", StringComparison.Ordinal))
            .ToList();
        files.Select(Path.GetFileName).ShouldContain("votetracker.db-wal");
        var bytes = string.Concat(files.Select(Raw));
        bytes.ShouldContain(hash);
        bytes.Contains(key, StringComparison.Ordinal).ShouldBeFalse("the key is in the database");
        bytes.Contains(key[3..], StringComparison.Ordinal).ShouldBeFalse("the key without its prefix is");
        bytes.Contains(App.AdminKey, StringComparison.Ordinal).ShouldBeFalse("the key of the settings is");
        app.Log.ShouldContain(line => line.Contains("/v1/changes", StringComparison.Ordinal));
        foreach (var secret in (string[])[key, hash, hash[..16], App.AdminKey, ApiKey.Hash(App.AdminKey)])
        {
            app.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Test]
    public async Task A_key_and_its_hash_are_only_in_the_response_that_creates_it()
    {
        using var app = new App();
        var key = await NewKey(app, new { label = "shown once", role = "admin" });
        var hash = ApiKey.Hash(key);
        using var client = app.WithKey(key);
        using var duplicate = await client.PostAsJsonAsync("/v1/api-keys", new { label = key.Length, role = "x" });
        var answers = new List<string> { (await duplicate.ShouldBeProblem(400)).ToJsonString() };
        foreach (var route in Conventions.ServedRoute.All(app).Where(r => r.Method == "GET"))
        {
            var path = route.Path(parameter =>
                parameter == "iso3" ? "NOR"
                : route.Pattern.Contains("sessions", StringComparison.Ordinal) ? "es-10"
                : "es-10-27"
            );
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answers.Add(answer.ToString());
            if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                answers.Add(await answer.Content.ReadAsStringAsync());
            }
        }
        var all = string.Concat(answers);
        all.ShouldContain("shown once");
        all.Contains(key, StringComparison.Ordinal).ShouldBeFalse();
        all.Contains(hash[..16], StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
    }

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

    [Test]
    public async Task The_first_start_prints_the_first_key_once_and_no_log_has_it()
    {
        using var app = new App();
        string[] settings = ["--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace"];
        string first;
        await using (var service = await Service.Start(app.Folder, adminKey: null, settings: settings))
        {
            await service.Kill();
            first = service.Output;
        }
        // The names of test databases begin like keys.
        var lines = WithoutLocation(first)
            .Split('\n')
            .Where(line => line.Contains("vt_", StringComparison.Ordinal))
            .ToList();
        lines.Count.ShouldBe(1, first);
        lines[0].ShouldStartWith("The first admin key");
        var key = lines[0].Split(' ')[^1].Trim();
        KeyText().IsMatch(key).ShouldBeTrue(key);
        await using var again = await Service.Start(app.Folder, adminKey: null, settings: settings);
        using (var client = again.Client(key))
        {
            var keys = await client.GetJson("/v1/api-keys");
            keys["items"]!.AsArray().Single()!["role"]!.GetValue<string>().ShouldBe("admin");
        }
        await again.Kill();
        again.Output.ShouldContain("/v1/api-keys");
        WithoutLocation(again.Output).ShouldNotContain("vt_");
        again.Output.ShouldNotContain(ApiKey.Hash(key)[..16]);
    }

    private static string WithoutLocation(string output) =>
        string.Join('\n', output.Split('\n').Where(l => !l.StartsWith("Database: ", StringComparison.Ordinal)));

    [GeneratedRegex("^vt_[A-Za-z0-9_-]{43}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();

    private static async Task<string> NewKey(App app, object body)
    {
        using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["key"]!.GetValue<string>();
    }

    private static string Raw(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
