using System.Net.Http.Json;
using static VoteTracker.Tests.Features.Imports.VotingLine;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>A later import adds what is new, once and as a whole, and the past does not change.</summary>
[EveryEngine]
public sealed class RepeatedImportsTests
{
    [Test]
    public async Task A_second_import_of_the_same_file_changes_nothing_and_reports_that()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var file = new VotingFile();
        file.Vote("A/RES/78/6", "NOR", "Q");
        var first = await coordinator.Imported(file);
        first.Flag("changedNothing").ShouldBe(false);
        var before = DatabaseRows.Read(app);
        var again = await coordinator.Imported(file);
        again.Flag("changedNothing").ShouldBe(true);
        again.Text("summary")!.ShouldStartWith("Nothing was changed");
        (again.Int("textsAdded"), again.Int("textsChanged"), again.Int("textsUnchanged"), again.Int("texts")).ShouldBe(
            (0, 0, 5, 5)
        );
        // The errors of the file are still reported.
        again.Findings().ShouldBe(first.Findings());
        again.Findings().Count.ShouldBe(2);
        DatabaseRows.Read(app).ShouldBe(before);
    }

    [Test]
    public async Task Another_file_with_the_same_content_changes_nothing()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        await coordinator.Imported(new VotingFile());
        var before = DatabaseRows.Read(app);
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
        DatabaseRows.Read(app).ShouldBe(before);
    }

    [Test]
    public async Task A_later_file_updates_resolutions_and_the_past_does_not_change()
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

        // So are those after it, although a later file changes title, day, session and votes, and adds a resolution.
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
    public async Task A_resolution_that_a_user_opened_is_not_changed_and_is_listed()
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
    public async Task The_feed_has_a_public_change_for_each_resolution()
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
}
