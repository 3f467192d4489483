using System.Diagnostics;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Tests.Features.Record;

[EveryEngine]
public sealed class LoadRecordTests
{
    [Test]
    public async Task The_first_curl_shows_something_real()
    {
        using var app = new App();
        var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        tally["yes"]!.GetValue<int>().ShouldBe(149);
        tally["no"]!.GetValue<int>().ShouldBe(12);
        tally["abstain"]!.GetValue<int>().ShouldBe(19);
        tally["reached"]!.GetValue<bool>().ShouldBeTrue();
        tally["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }

    [Test]
    public void A_second_start_changes_nothing()
    {
        using var places = new Places();
        Start(places);
        var first = Databases.Dump(places.Folder);
        first.Count.ShouldBeGreaterThan(6_000, "it found the roll calls");
        Start(places);
        Databases.Dump(places.Folder).ShouldBe(first);
    }

    [Test]
    public void Newer_facts_that_say_the_same_of_a_text_leave_its_version()
    {
        using var places = new Places();
        Start(places);
        var first = Databases.Dump(places.Folder);
        places.Newer();
        Start(places);
        Databases
            .Dump(places.Folder)
            .Where(row => !row.StartsWith("fact:", StringComparison.Ordinal))
            .ShouldBe(first.Where(row => !row.StartsWith("fact:", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Newer_facts_bring_the_record_up_to_date()
    {
        using var places = new Places();
        Start(places);
        places.Newer();
        places.Change("roll-calls.csv", "es-10-27,AGO,yes", "es-10-27,AGO,no");
        places.Change("member-states.csv", ",Angola,Angola,Angola,", ",New Angola,Angola,Angola,");
        places.Change("sessions.csv", "The situation in Hungary", "The situation in Hungary corrected");
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,2,1,,,193,"
        );
        using var app = places.App();
        var changed = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        (changed.Int("yes"), changed.Int("no"), changed.Int("version")).ShouldBe((148, 13, 2));
        var before = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally?asOf=2026-11-21T14:59:59Z");
        (before.Int("yes"), before.Int("no"), before.Int("version")).ShouldBe((149, 12, 1));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-26/tally")).Int("version").ShouldBe(1);
        (await app.Anonymous.GetJson("/v1/member-states/AGO"))["names"]!.Text("en").ShouldBe("New Angola");
        (await app.Anonymous.GetJson("/v1/sessions/es-2"))
            .Text("subject")
            .ShouldBe("The situation in Hungary corrected");
        var added = await app.Anonymous.GetJson("/v1/resolutions/es-11-10/tally");
        (added.Text("basis"), added.Flag("reached")).ShouldBe(("announced", true));
        added.Field("abstain").ShouldBeNull();
        // A release counts as known from the day after each vote, whenever it was installed.
        (await app.Anonymous.GetJson("/v1/resolutions/es-11-10/tally?asOf=2026-03-03T05:00:00Z"))
            .Int("yes")
            .ShouldBe(2);
        using var early = await app.Anonymous.GetAsync("/v1/resolutions/es-11-10/tally?asOf=2026-03-03T04:59:59Z");
        await early.ShouldBeProblem(404);
        (await app.Anonymous.GetStringAsync("/v1/export/resolutions.csv?asOf=2026-03-03T05:00:00Z")).ShouldContain(
            "es-11-10,"
        );
    }

    [Test]
    public async Task A_roll_call_of_newer_facts_counts_before_the_one_that_the_campaign_entered()
    {
        using var places = new Places();
        using (var before = places.App())
        {
            var id = await before.OpenDraft(new { id = "es-11-10" }, "A/ES-11/L.20");
            using var entered = await before.Coordinator.Put(
                $"/v1/resolutions/{id}/roll-call?missing=non-voting",
                new { recordedOn = "2026-03-03", votes = new[] { new { memberState = "NOR", vote = "no" } } }
            );
            entered.EnsureSuccessStatusCode();
        }
        places.Newer();
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,1,0,0,0,193,"
        );
        places.Append("roll-calls.csv", "es-11-10,NOR,yes");
        for (var start = 0; start < 2; start++)
        {
            using var app = places.App();
            var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-11-10/roll-call");
            (rollCall.Text("source"), rollCall.Text("recordedOn"), rollCall.Text("status")).ShouldBe(
                ("library", "2026-03-02", "adopted")
            );
            (await app.Anonymous.GetJson("/v1/resolutions/es-11-10")).Text("title").ShouldBe("A draft");
            (await app.Anonymous.GetStringAsync("/v1/export/matrix.csv")).ShouldContain("es-11-10");
        }
    }

    [Test]
    public async Task A_corrected_day_of_the_vote_or_parent_is_a_change_of_the_text_and_of_its_roll_call()
    {
        using var places = new Places();
        Start(places);
        places.Newer();
        places.Change("resolutions.csv", "adopted,2025-06-12,149", "adopted,2025-06-11,149");
        places.Change("resolutions.csv", "amendment,es-11-8,two-thirds", "amendment,es-11-7,two-thirds");
        using var app = places.App();
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27")).Text("voteOn").ShouldBe("2025-06-11");
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        (rollCall.Text("recordedOn"), rollCall["votes"]!.AsArray().Count).ShouldBe(("2025-06-11", 193));
        var amendment = await app.Anonymous.GetJson("/v1/resolutions/es-11-amendment-2025-02-24");
        (amendment.Text("parent"), amendment.Int("version")).ShouldBe(("es-11-7", 2));
    }

    [Test]
    public async Task Newer_facts_touch_no_row_that_a_user_wrote()
    {
        using var places = new Places();
        string[] paths;
        List<string?> written = [];
        using (var app = places.App())
        {
            using var patched = await app.Coordinator.Send(
                HttpMethod.Patch,
                "/v1/resolutions/es-10-26",
                new { title = "As the campaign calls it" }
            );
            patched.IsSuccessStatusCode.ShouldBeTrue();
            await app.OpenDraft(new { baseline = "es-10-27" }, symbol: "A/RES/ES-11/10");
            await app.Lobbyist.RecordStance("es-11-10", "AGO", "no");
            paths =
            [
                "/v1/resolutions/es-10-26",
                "/v1/resolutions/es-10-26/roll-call",
                "/v1/resolutions/es-11-10",
                "/v1/resolutions/es-11-10/stances",
                "/v1/resolutions/es-11-10/tally",
                "/v1/resolutions/es-11-10/stances/AGO/history",
            ];
            foreach (var path in paths)
            {
                written.Add((await app.Admin.GetJson(path)).ToJsonString());
            }
        }
        places.Newer();
        places.Change("resolutions.csv", "Demand for ceasefire in Gaza", "A newer title");
        places.Change("roll-calls.csv", "es-10-26,AGO,yes", "es-10-26,AGO,no");
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,2,1,,,193,"
        );
        using (var app = places.App())
        {
            var now = new List<string?>();
            foreach (var path in paths)
            {
                now.Add((await app.Admin.GetJson(path)).ToJsonString());
            }
            now.ShouldBe(written);
            app.Log.ShouldContain(line => line.Contains("es-10-26", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_co_sponsor_that_a_user_noted_does_not_keep_a_text_of_the_record_from_its_correction()
    {
        using var places = new Places();
        using (var app = places.App())
        {
            using var noted = await app.Lobbyist.Put(
                "/v1/resolutions/es-10-27/co-sponsors/ESP",
                new { status = "signed", role = "main" }
            );
            noted.IsSuccessStatusCode.ShouldBeTrue(await noted.Content.ReadAsStringAsync());
        }
        places.Newer();
        places.Change("roll-calls.csv", "es-10-27,AGO,yes", "es-10-27,AGO,no");
        using (var app = places.App())
        {
            var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
            (tally.Int("yes"), tally.Int("no"), tally.Int("coSponsors")).ShouldBe((148, 13, 1));
        }
    }

    [Test]
    public async Task Older_facts_than_those_in_the_database_are_left_aside()
    {
        using var places = new Places();
        places.Newer();
        Start(places);
        places.Change("facts.csv", "version,2", "version,1");
        places.Change("resolutions.csv", "Demand for ceasefire in Gaza", "An older title");
        using var app = places.App();
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-26"))
            .Text("title")
            .ShouldBe("Demand for ceasefire in Gaza");
        app.Log.ShouldContain(line =>
            line.StartsWith("Warning: The database has newer reference data", StringComparison.Ordinal)
        );
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        using var places = new Places();
        Start(places);
        Execute(
            places.Folder,
            "INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'later', '2027-01-01T00:00:00.000000Z')"
        );
        var before = Databases.Dump(places.Folder);
        using var program = System.Diagnostics.Process.Start(
            new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    typeof(Program).Assembly.Location,
                    "--Database",
                    Databases.Setting(places.Folder),
                    "--Urls",
                    "http://127.0.0.1:0",
                },
                WorkingDirectory = places.Folder,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = program.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await program.WaitForExitAsync(limit.Token);
        }
        finally
        {
            program.Kill();
        }
        program.ExitCode.ShouldBe(2);
        var known = MigrationList.Load("Sqlite")[^1].Version;
        (await said).ShouldBe(
            $"The database is at version 999, newer than this program, which knows {known}: start a newer VoteTracker.\n"
        );
        Databases.Dump(places.Folder).ShouldBe(before);
    }

    private static void Start(Places places)
    {
        using var app = places.App();
        app.CreateClient().Dispose();
    }

    private static void Execute(string folder, string sql) => Databases.Execute(folder, sql);

    /// <summary>A database that outlives one start, and a copy of the facts that a test may change.</summary>
    private sealed class Places : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("votetracker-facts-").FullName;

        public Places()
        {
            Folder = Directory.CreateDirectory(Path.Combine(_root, "database")).FullName;
            var data = Directory.CreateDirectory(Path.Combine(_root, "data")).FullName;
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data")))
            {
                File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
            }
        }

        public string Folder { get; }

        public App App() => new(folder: Folder, contentRoot: _root);

        public void Newer() => Change("facts.csv", "version,1", "version,2");

        public void Change(string file, string from, string to)
        {
            var path = Path.Combine(_root, "data", file);
            var text = File.ReadAllText(path);
            text.Split(from).Length.ShouldBe(2, $"{file} has '{from}' once");
            File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        }

        public void Append(string file, string line) =>
            File.AppendAllText(Path.Combine(_root, "data", file), line + "\n");

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
