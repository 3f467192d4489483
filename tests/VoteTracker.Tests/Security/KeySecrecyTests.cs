using System.Net.Http.Json;
using System.Text;
using VoteTracker.Security;
using VoteTracker.Tests.Process;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Security;

/// <summary>A key is shown once, and neither the database nor a log has it.</summary>
[EveryEngine]
public sealed class KeySecrecyTests
{
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
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!again.Output.Contains("/v1/api-keys", StringComparison.Ordinal))
        {
            await Task.Delay(10, limit.Token);
        }
        await again.Kill();
        WithoutLocation(again.Output).ShouldNotContain("vt_");
        again.Output.ShouldNotContain(ApiKey.Hash(key)[..16]);
    }

    private static string WithoutLocation(string output) =>
        string.Join('\n', output.Split('\n').Where(l => !l.StartsWith("Database: ", StringComparison.Ordinal)));

    private static string Raw(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
