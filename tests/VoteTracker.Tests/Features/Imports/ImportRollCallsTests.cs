using System.Globalization;
using System.Net.Http.Json;
using Dapper;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>The Library's file becomes texts with their roll calls, once and as a whole.</summary>
[EveryEngine]
public sealed class ImportRollCallsTests
{
    [Test]
    public async Task Every_roll_call_counts_to_the_totals_of_its_own_lines()
    {
        using var app = new App();
        var file = new VotingFile();
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        (report.Int("lines"), report.Int("texts"), report.Int("votes")).ShouldBe((958, 5, 957));
        (report.Int("sessionsAdded"), report.Int("textsAdded"), report.Int("textsChanged")).ShouldBe((1, 3, 2));

        var texts = file.Lines.Skip(1).GroupBy(l => l.Split(',')[6], StringComparer.Ordinal).ToList();
        texts.Count.ShouldBe(5);
        foreach (var text in texts)
        {
            var id = text.Key["A/RES/".Length..].ToLowerInvariant().Replace('/', '-');
            var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call");
            var tail = text.First().Split(',')[^6..];
            var totals = rollCall["totals"]!;
            new[]
            {
                totals.Int("yes"),
                totals.Int("no"),
                totals.Int("abstain"),
                totals.Int("nonVoting"),
                rollCall["votes"]!.AsArray().Count,
            }.ShouldBe(tail[..5].Select(t => int.Parse(t, CultureInfo.InvariantCulture)));
            foreach (var line in text.Select(l => l.Split(',')))
            {
                rollCall["votes"]!
                    .AsArray()
                    .Single(v => v!.Text("memberState") == line[1])!
                    .Text("vote")
                    .ShouldBe(
                        line[3] switch
                        {
                            "Y" => "yes",
                            "N" => "no",
                            "A" => "abstain",
                            _ => "non-voting",
                        }
                    );
            }
        }
    }

    [Test]
    public async Task A_roll_call_that_does_not_count_to_its_totals_is_listed_and_no_other_is()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Vote("A/RES/78/6", "NOR", "N");
        file.Vote("A/RES/78/21", "NOR", "X");
        var report = await app.Coordinator.Imported(file);
        await using var connection = Databases.Open(app.Folder);
        var differing = await connection.QueryAsync<string>(
            """
            SELECT c.resolution
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution AND r.origin = 'import'
            WHERE (c.announced_yes, c.announced_no, c.announced_abstain, c.announced_non_voting) <> (
                SELECT
                    COUNT(CASE vote WHEN 'yes' THEN 1 END), COUNT(CASE vote WHEN 'no' THEN 1 END),
                    COUNT(CASE vote WHEN 'abstain' THEN 1 END), COUNT(CASE vote WHEN 'non-voting' THEN 1 END)
                FROM roll_call_vote v
                WHERE v.resolution = c.resolution AND v.version = c.version
            )
            ORDER BY c.resolution
            """
        );
        differing.ShouldBe(["78-21", "78-6"]);
        report["findings"]!.AsArray().ShouldHaveSingleItem()!["listed"]!
            .AsArray()
            .Select(f => f!.Text("resolution"))
            .ShouldBeInAnyOrder(["78-21", "78-6"]);
        // Both are kept: what was announced, and the names.
        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-6/tally");
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/78-6/roll-call");
        (tally.Int("yes"), rollCall["announced"]!.Int("yes")).ShouldBe((114, 115));
    }

    [Test]
    public async Task A_text_of_a_regular_session_comes_with_its_session_and_without_a_rule()
    {
        using var app = new App();
        await app.Coordinator.Imported(new VotingFile());

        var session = await app.Anonymous.GetJson("/v1/sessions/78");
        // The file does not say when the session opened.
        (session.Int("number"), session.Flag("emergency"), session.Text("openedOn")).ShouldBe((78, false, null));
        var text = await app.Anonymous.GetJson("/v1/resolutions/78-21");
        (text.Text("symbol"), text.Text("session"), text.Text("kind")).ShouldBe(("A/RES/78/21", "78", "draft"));
        text.Text("title").ShouldBe("No first placement of weapons in outer space");
        (text.Text("rule"), text.Text("status"), text.Text("basis")).ShouldBe(
            ("not-recorded", "adopted", "recorded-votes")
        );
        (text.Text("voteOn"), text.Text("visibility")).ShouldBe(("2023-12-04", "tally"));
        text.Text("recordUrl")!.ShouldStartWith("https://digitallibrary.un.org/record/");
        // Known from the commit of the import.
        (text.Text("createdAt"), text.Text("changedAt"), text.Int("version")).ShouldBe(
            ("2026-11-21T15:00:00Z", "2026-11-21T15:00:00Z", 1)
        );

        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-21/tally");
        (tally.Int("yes"), tally.Int("no"), tally.Int("abstain"), tally.Int("absent")).ShouldBe((127, 51, 6, 9));
        (tally.Flag("reached"), tally.IntOrNull("required"), tally.Text("outlook")).ShouldBe((null, null, null));
        using var early = await app.Viewer.GetAsync("/v1/resolutions/78-21/tally?asOf=2026-11-21T14:59:59Z");
        await early.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_text_of_an_emergency_session_needs_two_thirds()
    {
        using var app = new App();
        var file = new VotingFile().Only("A/RES/ES-10/21");
        for (var line = 2; line <= file.Lines.Count; line++)
        {
            file.Change(line, "A/RES/ES-10/21", "A/RES/ES-10/99").Change(line, "4025240", "9999999");
        }
        await app.Coordinator.Imported(file);
        var text = await app.Anonymous.GetJson("/v1/resolutions/es-10-99");
        (text.Text("rule"), text.Text("session"), text.Text("status")).ShouldBe(("two-thirds", "es-10", "adopted"));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-99/tally")).Flag("reached").ShouldBe(true);
    }

    [Test]
    public async Task What_came_with_the_service_is_not_there_twice_and_keeps_its_announced_totals()
    {
        using var app = new App();
        var before = (await app.Anonymous.GetJson("/v1/resolutions/es-10-21")).ToJsonString();
        var rollCall = (await app.Anonymous.GetJson("/v1/resolutions/es-10-21/roll-call")).ToJsonString();
        rollCall.ShouldContain("\"yes\":121");
        await app.Coordinator.Imported(new VotingFile());
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-21")).ToJsonString().ShouldBe(before);
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-21/roll-call")).ToJsonString().ShouldBe(rollCall);
        (await app.Anonymous.GetItems("/v1/resolutions?session=es-10&limit=1000"))
            .Count(r => r.Text("symbol") == "A/RES/ES-10/21")
            .ShouldBe(1);
    }

    [Test]
    public async Task One_text_is_told_of_as_one()
    {
        using var app = new App();
        var one = await app.Coordinator.Imported(new VotingFile().Only("A/RES/78/6"));
        one.Text("summary")!
            .ShouldStartWith("Added: 1 resolution; updated: 0; unchanged: 0; left as a user wrote them: 0. ");
        var more = await app.Coordinator.Imported(new VotingFile().Only("A/RES/78/6", "A/RES/78/7", "A/RES/78/21"));
        more.Text("summary")!.ShouldStartWith("Added: 2 resolutions; updated: 0; unchanged: 1; ");
    }

    [Test]
    public async Task A_second_import_of_the_same_file_changes_nothing_and_says_so()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile();
        file.Vote("A/RES/78/6", "NOR", "Q");
        var first = await coordinator.Imported(file);
        first.Flag("changedNothing").ShouldBe(false);
        var before = Database.Open(app);
        var again = await coordinator.Imported(file);
        again.Flag("changedNothing").ShouldBe(true);
        again.Text("summary")!.ShouldStartWith("Nothing was changed");
        (again.Int("textsAdded"), again.Int("textsChanged"), again.Int("textsUnchanged"), again.Int("texts")).ShouldBe(
            (0, 0, 5, 5)
        );
        // What is wrong with it is still told.
        again.Findings().ShouldBe(first.Findings());
        again.Findings().Count.ShouldBe(2);
        Database.Open(app).ShouldBe(before);
    }

    [Test]
    public async Task Another_file_that_says_the_same_changes_nothing()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        await coordinator.Imported(new VotingFile());
        var before = Database.Open(app);
        var packed = await coordinator.Import(new VotingFile().Packed);
        packed["report"]!.Flag("changedNothing").ShouldBe(true, packed.ToJsonString());

        // Of 2025: no column of notes, and blank where a member did not vote.
        var old = new VotingFile();
        var note = Array.IndexOf(old.Header, "vote_note");
        for (var i = 0; i < old.Lines.Count; i++)
        {
            var fields = Fields(old.Lines[i]);
            fields.RemoveAt(note);
            fields[3] = fields[3] == "X" ? "" : fields[3];
            old.Lines[i] = Line(fields);
        }
        old.Text.ShouldNotContain("vote_note");
        old.Text.ShouldNotContain(",X,");
        var unchanged = await coordinator.Imported(old);
        (unchanged.Flag("changedNothing"), unchanged.Int("textsUnchanged")).ShouldBe((true, 5));
        Database.Open(app).ShouldBe(before);
    }

    [Test]
    public async Task Columns_in_another_order_and_more_of_them_are_read_and_those_not_known_are_named()
    {
        using var app = new App();
        var file = new VotingFile();
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var fields = Fields(file.Lines[i]);
            fields.Reverse();
            fields.Insert(3, i == 0 ? "Colour" : "blue");
            file.Lines[i] = Line(fields);
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        report["columnsIgnored"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["colour"]);
        report.Int("texts").ShouldBe(5);
        (await app.Anonymous.GetJson("/v1/resolutions/78-7/tally")).Int("yes").ShouldBe(187);
    }

    [AnyEngine]
    [TestCase("\n", ',', false, TestName = "The_habits_of_programs_that_save_CSV_do_not_matter(LF)")]
    [TestCase("\r\n", ';', true, TestName = "The_habits_of_programs_that_save_CSV_do_not_matter(semicolons_and_BOM)")]
    [TestCase("\n", '\t', false, TestName = "The_habits_of_programs_that_save_CSV_do_not_matter(tabs)")]
    public async Task The_habits_of_programs_that_save_CSV_do_not_matter(string end, char separator, bool mark)
    {
        using var app = new App();
        var file = new VotingFile { LineEnd = end };
        for (var i = 0; i < file.Lines.Count; i++)
        {
            file.Lines[i] = Line(Fields(file.Lines[i]), separator);
        }
        if (mark)
        {
            file.Lines[0] = '\uFEFF' + file.Lines[0];
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        (report.Int("texts"), report.Int("votes")).ShouldBe((5, 957));
    }

    [Test]
    public async Task A_later_file_brings_texts_up_to_date_and_the_past_stays_known()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        await coordinator.Imported(new VotingFile());
        app.Clock.Advance(TimeSpan.FromHours(1));
        var later = new VotingFile();
        later.Lines[later.Line("A/RES/78/21", "RUS") - 1].ShouldContain(",Y,");
        later.Vote("A/RES/78/21", "RUS", "A");
        for (var i = 2; i <= later.Lines.Count; i++)
        {
            if (later.Lines[i - 1].Contains(",A/RES/78/7,", StringComparison.Ordinal))
            {
                later.Change(i, "Necessity of ending", "The necessity of ending");
            }
        }
        var report = await coordinator.Imported(later);
        (report.Int("textsChanged"), report.Int("textsUnchanged"), report.Int("textsAdded")).ShouldBe((2, 3, 0));
        report.Findings().ShouldHaveSingleItem().ShouldStartWith("totals-differ");

        var text = await app.Anonymous.GetJson("/v1/resolutions/78-7");
        text.Text("title")!.ShouldStartWith("The necessity");
        (text.Int("version"), text.Text("changedAt")).ShouldBe((2, "2026-11-21T16:00:00Z"));
        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-21/tally");
        var before = await app.Viewer.GetJson("/v1/resolutions/78-21/tally?asOf=2026-11-21T15:30:00Z");
        (before.Int("version"), before.Int("yes")).ShouldBe((1, 127));
        (tally.Int("version"), tally.Int("yes")).ShouldBe((2, 126));
    }

    [Test]
    public async Task Packages_of_a_moment_before_an_import_keep_their_bytes()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        string[] paths =
        [
            "/v1/export.zip",
            "/v1/resolutions/es-10-2/export.zip",
            "/v1/resolutions/es-10-21/export.zip",
        ];
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await Packages("2026-11-21T15:00:30Z", paths);
        await coordinator.Imported(new VotingFile());
        (await Packages("2026-11-21T15:00:30Z", paths)).ShouldBe(before);
        var latest = await app.Viewer.GetByteArrayAsync("/v1/export.zip");
        latest.ShouldNotBe(before[0]);

        // And of one after it, whatever a later file says: of a text's title, day, session and votes, and of one more.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        paths = [.. paths, "/v1/resolutions/78-7/export.zip", "/v1/resolutions/78-21/export.zip"];
        var between = await Packages("2026-11-21T15:01:30Z", paths);
        var later = new VotingFile();
        later.Vote("A/RES/78/21", "RUS", "A");
        later.Vote("A/RES/ES-10/2", "NOR", "N");
        for (var i = 2; i <= later.Lines.Count; i++)
        {
            if (later.Lines[i - 1].Contains(",A/RES/78/7,", StringComparison.Ordinal))
            {
                later
                    .Change(i, "Necessity of ending", "The necessity of ending")
                    .Change(i, ",2023-11-02,78,", ",2023-10-31,77,")
                    .Change(i, "/record/", "/record/0");
            }
        }
        (await coordinator.Imported(later)).Int("textsChanged").ShouldBe(3);
        (await Packages("2026-11-21T15:01:30Z", paths)).ShouldBe(between);
        (await Packages("2026-11-21T15:00:30Z", paths[..3])).ShouldBe(before);
        (await app.Anonymous.GetJson("/v1/resolutions/78-7")).Text("session").ShouldBe("77");
        (await app.Viewer.GetByteArrayAsync("/v1/export.zip")).ShouldNotBe(latest);

        async Task<List<byte[]>> Packages(string moment, string[] of)
        {
            var made = new List<byte[]>();
            foreach (var path in of)
            {
                made.Add(await app.Viewer.GetByteArrayAsync($"{path}?asOf={moment}"));
            }
            return made;
        }
    }

    [Test]
    public async Task A_text_that_a_user_wrote_is_left_and_listed()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        using var opened = await coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                id = "78-7",
                symbol = "A/78/L.5",
                title = "Ours",
                session = "es-10",
                kind = "draft",
            }
        );
        opened.EnsureSuccessStatusCode();
        await app.Lobbyist.RecordStance("78-7", "ZAF", "yes");
        var before = (await coordinator.GetJson("/v1/resolutions/78-7")).ToJsonString();
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/v1/resolutions/es-10-2")
        {
            Content = JsonContent.Create(
                new { title = "Mine" },
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json")
            ),
        };
        patch.Headers.TryAddWithoutValidation("If-Match", "*");
        using var patched = await coordinator.SendAsync(patch);
        patched.EnsureSuccessStatusCode();

        var report = await coordinator.Imported(new VotingFile());
        report["leftToUsers"]!.AsArray().Select(l => l!.GetValue<string>()).ShouldBeInAnyOrder(["es-10-2", "78-7"]);
        (report.Int("textsAdded"), report.Int("textsUnchanged")).ShouldBe((2, 0));
        (await coordinator.GetJson("/v1/resolutions/78-7")).ToJsonString().ShouldBe(before);
        (await coordinator.GetJson("/v1/resolutions/es-10-2")).Text("title").ShouldBe("Mine");
        (await coordinator.Imported(new VotingFile())).Flag("changedNothing").ShouldBe(true);
    }

    [Test]
    public async Task Former_members_vote_under_their_own_codes()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Lines.RemoveRange(1, file.Lines.Count - 1);
        foreach (
            var (code, vote) in ((string, string)[])
                [("SUN", "N"), ("DDR", "N"), ("USA", "Y"), ("CSK", "A"), ("YUG", "X")]
        )
        {
            file.Lines.Add(
                $"77,{code},X,{vote},1980-01-14,S-6,A/RES/S-6/2,A/S-6/L.1,A/S-6/7,A/S-6/PV.3,\"A title, with a comma\",An item,SUBJECT--OTHER,,1,2,1,1,5,https://digitallibrary.un.org/record/77"
            );
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/s-6-2/roll-call");
        rollCall["votes"]!
            .AsArray()
            .Select(v => $"{v!["memberState"]} {v["vote"]}")
            .ShouldBe(["CSK abstain", "DDR no", "SUN no", "USA yes", "YUG non-voting"]);
        (await app.Anonymous.GetJson("/v1/sessions/s-6")).Text("subject").ShouldBe("Special session");
        (await app.Anonymous.GetJson("/v1/resolutions/s-6-2")).Text("rule").ShouldBe("not-recorded");

        // What researchers cite beside the vote is kept.
        await using var connection = Databases.Open(app.Folder);
        var kept = await connection.QuerySingleAsync<string>(
            """
            SELECT record_id || '|' || draft || '|' || committee_report || '|' || meeting || '|' || agenda || '|' || subjects
            FROM library_record WHERE resolution = 's-6-2'
            """
        );
        kept.ShouldBe("77|A/S-6/L.1|A/S-6/7|A/S-6/PV.3|An item|SUBJECT--OTHER");
    }

    [Test]
    public async Task The_list_of_resolutions_has_what_is_newest_first_whenever_it_was_imported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Coordinator.Imported(new VotingFile());
        var listed = await app.Viewer.GetPages("/v1/resolutions?limit=7", 7);
        listed[0].Text("id").ShouldBe(draft);
        listed.Skip(1).Select(r => r.Text("voteOn")).ShouldBeInOrder(SortDirection.Descending);
        listed.Select(r => r.Text("id")).ShouldBeUnique();
        listed.Count.ShouldBe(43 + 3 + 1);
    }

    [Test]
    public async Task The_feed_tells_of_each_text_and_the_public_sees_it()
    {
        using var app = new App();
        var after = (await Last(app.Anonymous))!;
        await app.Coordinator.Imported(new VotingFile());
        (await app.Anonymous.GetItems(after))
            .Select(c => $"{c.Text("kind")} {c.Text("resolution")} {c.Int("version")}")
            .ShouldBe(["resolution 78-6 1", "resolution 78-7 1", "resolution 78-21 1"]);

        static async Task<string?> Last(HttpClient client)
        {
            using var answer = await client.GetAsync("/v1/changes?limit=1000");
            return answer.NextPage();
        }
    }

    // Some titles and subjects have commas, within quotes.
    private static List<string> Fields(string line)
    {
        var fields = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add("");
            }
            else
            {
                fields[^1] += c;
            }
        }
        return fields;
    }

    private static string Line(IEnumerable<string> fields, char separator = ',') =>
        string.Join(separator, fields.Select(f => f.AsSpan().IndexOfAny(separator, ',') >= 0 ? $"\"{f}\"" : f));
}

/// <summary>Everything in a database but the imports themselves, to see that nothing changed.</summary>
internal static class Database
{
    public static IReadOnlyList<string> Open(App app)
    {
        using var connection = Databases.Open(app.Folder);
        var tables = Databases
            .Tables(connection)
            .Except(
                ["import", "incarnation", "api_key", "roll_call_vote", "sqlite_sequence", "write_turn"],
                StringComparer.Ordinal
            )
            .ToList();
        tables.Count.ShouldBeGreaterThan(15);
        return
        [
            .. tables.SelectMany(table =>
                connection
                    .Query($"SELECT * FROM \"{table}\"")
                    .Select(row => $"{table}: {string.Join('|', ((IDictionary<string, object?>)row).Values)}")
            ),
        ];
    }
}
