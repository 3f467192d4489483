using System.Diagnostics;
using System.IO.Compression;

namespace VoteTracker.Tests.Process;

/// <summary>The program as a stranger starts it.</summary>
[EveryEngine]
public sealed class StartTests
{
    [OnlySqlite]
    [Test]
    public async Task The_published_program_starts_in_an_empty_folder_and_shows_the_record()
    {
        using var published = new Folder();
        using var empty = new Folder();
        await Publish(published);
        await using var service = await Service.Start(
            empty,
            Path.Combine(published, "VoteTracker.dll"),
            adminKey: null
        );
        using var client = service.Client(key: null);
        var tally = await client.GetJson("/v1/resolutions/es-10-27/tally");
        tally["yes"]!.GetValue<int>().ShouldBe(149);
        (await client.GetStringAsync("/")).ShouldContain("VoteTracker");
        (await client.GetStringAsync("/docs")).ShouldContain("API reference");
        (await client.GetStringAsync("/docs/stances")).ShouldContain("RecordStance");
        (await client.GetStringAsync("/guide/tally")).ShouldContain("The tally");
        (await client.GetStringAsync("/guide/data")).ShouldContain("iso3");
        (await client.GetStringAsync("/embed.js")).ShouldContain("vote-tally");
        (await client.GetStringAsync("/assets/guide/live-dashboard.html")).ShouldContain("include=tally");
        // What describes its columns travels with it.
        var package = await client.GetByteArrayAsync("/v1/resolutions/es-10-27/export.zip");
        using var zip = new ZipArchive(new MemoryStream(package));
        using var description = new StreamReader(zip.GetEntry("datapackage.json")!.Open());
        (await description.ReadToEndAsync()).ShouldContain("\"description\": \"The day of the vote in New York.\"");
        File.Exists(Path.Combine(empty, "votetracker.db"))
            .ShouldBeTrue("a relative database is relative to the working directory");
        service.Output.ShouldNotContain("es-10-27", customMessage: "requests are not logged one by one");
    }

    [Test]
    public async Task A_tally_is_returned_after_a_start_on_an_existing_database()
    {
        using var folder = new Folder();
        await using (var first = await Service.Start(folder))
        {
            (await first.Stop()).ShouldBe(0);
        }
        await using var service = await Service.Start(folder);
        using var client = service.Client(key: null);
        (await client.GetJson("/v1/resolutions/es-10-27/tally"))["yes"]!.GetValue<int>().ShouldBe(149);
    }

    [AnyEngine]
    [Test]
    public async Task The_first_key_is_printed_once_and_works()
    {
        using var folder = new Folder();
        string key;
        await using (var service = await Service.Start(folder, adminKey: null))
        {
            key = service
                .Output.Split('\n')
                .Single(line => line.Contains("vt_", StringComparison.Ordinal))
                .Split(' ')[^1]
                .Trim();
            using var client = service.Client(key);
            await client.GetJson("/v1/api-keys");
            await service.Stop();
        }
        await using var again = await Service.Start(folder, adminKey: null);
        again.Output.ShouldNotContain("vt_");
        using var later = again.Client(key);
        await later.GetJson("/v1/api-keys");
    }

    [AnyEngine]
    [Test]
    public async Task A_key_can_be_added_on_the_command_line_while_the_service_runs()
    {
        using var folder = new Folder();
        await using var service = await Service.Start(folder);
        var (exitCode, output) = await Service.Run(folder, ["key", "add", "--role", "admin", "--label", "found again"]);
        exitCode.ShouldBe(0, output);
        using var client = service.Client(output.Trim());
        (await client.GetJson("/v1/api-keys"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [AnyEngine]
    [Test]
    public async Task Keys_added_on_the_command_line_have_unique_labels()
    {
        using var folder = new Folder();
        await Add(0);
        await Add(0);
        await Add(0, "--label", "Night desk");
        (await Add(2, "--label", "night DESK")).ShouldContain("has this label");
        (await Add(2, "--label", "record")).ShouldContain("reserved");
        await using var service = await Service.Start(folder);
        using var client = service.Client();
        (await client.GetJson("/v1/api-keys"))["items"]!
            .AsArray()
            .Select(key => key!["label"]!.GetValue<string>())
            .ShouldBeInAnyOrder(["command line", "command line 2", "Night desk"]);

        async Task<string> Add(int expected, params string[] arguments)
        {
            var (exitCode, output) = await Service.Run(folder, ["key", "add", "--role", "admin", .. arguments]);
            exitCode.ShouldBe(expected, output);
            output.Trim().Split('\n').Length.ShouldBe(1, output);
            return output;
        }
    }

    [Test]
    public async Task After_the_first_key_the_start_prints_the_database_and_two_addresses()
    {
        using var folder = new Folder();
        await using var service = await Service.Start(folder, adminKey: null);
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while (!service.Output.Contains("API: ", StringComparison.Ordinal))
        {
            await Task.Delay(10, deadline.Token);
        }
        var lines = service.Output.Split('\n').Select(line => line.Trim()).ToList();
        var key = lines.FindIndex(line => line.StartsWith("The first admin key", StringComparison.Ordinal));
        var database = lines.FindIndex(line => line.StartsWith("Database: ", StringComparison.Ordinal));
        key.ShouldBeInRange(0, database);
        lines[database].ShouldContain(Databases.ArePostgres ? Databases.NameOf(folder) : "/votetracker.db");
        lines.ShouldContain($"Pages: {service.Address}");
        lines.ShouldContain($"API: {service.Address}docs");
        service.Output.ShouldNotContain("Password", Case.Insensitive);
        using var client = service.Client(key: null);
        (await client.GetStringAsync("/docs")).ShouldContain("API reference");
    }

    [AnyEngine]
    [TestCase("There is no command 'bakup'", "bakup", "copy.db")]
    [TestCase("There is no command 'serve'", "serve")]
    [TestCase("There is no option --Databse", "key", "add", "--role", "admin", "--Databse", "Data Source=other.db")]
    public async Task A_misspelt_word_on_the_command_line_is_reported_and_changes_nothing(
        string said,
        params string[] args
    )
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, args);
        exitCode.ShouldBe(2);
        output.ShouldContain(said);
        output.ShouldNotContain("vt_");
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [AnyEngine]
    [TestCase("--Database", "Host=localhost;Colour=blue", "PostgreSQL connection string")]
    [TestCase("--AdminKey", "vt_short", "AdminKey must be vt_")]
    [TestCase("--TrustedOrigins", "app.example", "TrustedOrigins must list origins such as https://app.example")]
    [TestCase("--PublicUrl", "votes.example", "PublicUrl must be an absolute URL such as https://votes.example")]
    [TestCase("--AuditDays", "-1", "AuditDays must be from 0 to 36500; found -1")]
    [TestCase("--TrustedProxies", "localhost", "TrustedProxies must list addresses or networks such as 127.0.0.1")]
    [TestCase("--ExpensiveReads", "-1", "ExpensiveReads must be 0 or more")]
    [TestCase("--WriteQueue", "0", "WriteQueue must be at least 1")]
    public async Task An_invalid_setting_is_reported_in_a_line(string name, string value, string said)
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0", name, value]);
        exitCode.ShouldBe(2);
        output.Trim().ShouldContain(said);
        output.Trim().Split('\n').Length.ShouldBe(1, output);
        output.ShouldNotContain("vt_short");
    }

    [AnyEngine]
    [Test]
    public async Task A_file_that_is_not_a_database_is_reported_in_a_line()
    {
        using var folder = new Folder();
        var file = Path.Combine(folder, "notes.txt");
        await File.WriteAllTextAsync(file, "These are notes and no database.");
        var (exitCode, output) = await Service.Run(
            folder,
            ["--Urls", "http://127.0.0.1:0", "--Database", "Data Source=notes.txt"]
        );
        exitCode.ShouldBe(2, output);
        output.Trim().ShouldStartWith("The database cannot be used: ");
        output.Trim().Split('\n').Length.ShouldBe(1, output);
        (await File.ReadAllTextAsync(file)).ShouldBe("These are notes and no database.");
    }

    [OnlySqlite]
    [Test]
    public async Task A_second_service_on_the_same_file_does_not_start_and_prints_a_sentence()
    {
        using var folder = new Folder();
        await using (var service = await Service.Start(folder))
        {
            var (exitCode, output) = await Service.Run(folder, ["--Urls", "http://127.0.0.1:0"]);
            exitCode.ShouldBe(2, output);
            output.Trim().ShouldContain("votetracker.db");
            output.Trim().ShouldContain("already serves");
            output.ShouldNotContain(folder.Path);
            output.Trim().Split('\n').Length.ShouldBe(1, output);
            using var client = service.Client();
            await client.OpenDraft();
            await service.Kill();
        }
        await using var next = await Service.Start(folder);
        using var reader = next.Client();
        await reader.GetJson("/v1/resolutions/es-10-l-34/tally");
    }

    private static async Task Publish(string to)
    {
        var root = Repository.Root;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                Path.Combine(root, "src", "VoteTracker"),
                "--no-build",
                "-c",
                Repository.Configuration,
                "-o",
                to,
                "-v",
                "quiet",
                "--nologo",
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = root,
        };
        using var publish = System.Diagnostics.Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        publish.ExitCode.ShouldBe(0, output);
    }
}
