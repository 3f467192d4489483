using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process;

/// <summary>`VoteTracker copy` moves a campaign without changes.</summary>
[EveryEngine]
public sealed class CopyTests
{
    [Test]
    [OnlyPostgres]
    public async Task A_campaign_copied_to_PostgreSQL_and_back_exports_the_same_bytes()
    {
        using var folder = new Folder();
        using var server = new Folder();
        var (first, second) = ($"Data Source={folder}/first.db", $"Data Source={folder}/second.db");
        string[] paths;
        List<byte[]> before;
        string key;
        await using (var service = await Service.Start(folder, settings: ["--Database", first]))
        {
            using var admin = service.Client();
            paths = await Campaign(admin);
            before = await Exports(admin, paths);
            key = await NewKey(admin);
        }
        Databases.MakeEmpty(server);
        (await Copy(folder, first, Databases.Setting(server))).ShouldContain(
            "All tables were copied, and are the same in both databases."
        );
        await using (var service = await Service.Start(server))
        {
            using var admin = service.Client();
            (await Exports(admin, paths)).ShouldBe(before);
            // The source can still be served, because the copy is a new incarnation.
            var version = (await admin.GetJson("/v1/resolutions/es-10-l-34/tally")).Version();
            version.ShouldBeGreaterThanOrEqualTo(1_000_000);
            // Writing continues there, with the next numbers and the same keys.
            using var viewer = service.Client(key);
            await viewer.GetJson("/v1/changes");
            await admin.RecordStance("es-10-l-34", "KEN", "yes");
        }
        (await Copy(folder, Databases.Setting(server), second)).ShouldContain(
            "All tables were copied, and are the same in both databases."
        );
        await using (var service = await Service.Start(folder, settings: ["--Database", second]))
        {
            using var admin = service.Client();
            (
                await Exports(admin, paths.Where(p => !p.Contains("es-10-l-34", StringComparison.Ordinal)).ToArray())
            ).ShouldBe(before.Where((_, i) => !paths[i].Contains("es-10-l-34", StringComparison.Ordinal)));
            (await admin.GetJson("/v1/resolutions/es-10-l-34/tally")).Int("yes").ShouldBe(3);
            await admin.RecordStance("es-10-l-34", "CHL", "no");
        }
    }

    [Test]
    public async Task A_target_that_is_not_empty_is_rejected()
    {
        using var folder = new Folder();
        using var target = new Folder();
        Databases.CopyTemplate(folder);
        Databases.CopyTemplate(target);
        var (exitCode, output) = await Service.Run(
            folder,
            ["copy", "--from", Databases.Setting(folder), "--to", Databases.Setting(target)]
        );
        exitCode.ShouldBe(2, output);
        output.ShouldContain("The target is not empty");
    }

    [Test]
    public async Task A_copy_within_an_engine_is_the_same_and_an_existing_empty_target_is_accepted()
    {
        using var folder = new Folder();
        using var target = new Folder();
        Databases.CopyTemplate(folder);
        Databases.MakeEmpty(target);
        (await Copy(folder, Databases.Setting(folder), Databases.Setting(target))).ShouldContain(
            "All tables were copied, and are the same in both databases."
        );
        await using var service = await Service.Start(target);
        using var client = service.Client(key: null);
        (await client.GetJson("/v1/resolutions/es-10-27/tally")).Int("yes").ShouldBe(149);
    }

    [Test]
    public async Task A_missing_source_is_reported_and_not_created()
    {
        using var folder = new Folder();
        var (exitCode, output) = await Service.Run(
            folder,
            ["copy", "--from", $"Data Source={folder}/nowhere.db", "--to", $"Data Source={folder}/target.db"]
        );
        exitCode.ShouldBe(2, output);
        output.ShouldContain("cannot be opened");
        File.Exists(Path.Combine(folder, "nowhere.db")).ShouldBeFalse();
    }

    // A draft, an amendment that is inserted before it, stances, a co-sponsor, a contact.
    private static async Task<string[]> Campaign(HttpClient admin)
    {
        using var opened = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.34",
                title = "A draft",
                session = "es-10",
                kind = "draft",
            }
        );
        opened.EnsureSuccessStatusCode();
        await admin.RecordStance("es-10-l-34", "ZAF", "yes");
        await admin.RecordStance("es-10-l-34", "BRA", "yes");
        await admin.RecordStance("es-10-l-34", "ZAF", "yes");
        using var contact = await admin.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "Legal adviser",
                office = "mission",
            }
        );
        contact.EnsureSuccessStatusCode();
        using var comment = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions/es-10-l-34/stances/ZAF/comments",
            new { text = "@admin key of the settings: call again" }
        );
        comment.EnsureSuccessStatusCode();
        using var endorsement = await admin.Send(
            HttpMethod.Post,
            "/v1/endorsements",
            new
            {
                organisation = "Federation of Teachers",
                languages = (string[])["en"],
                signedOn = "2026-11-20",
                @public = true,
            }
        );
        endorsement.EnsureSuccessStatusCode();
        using var act = await admin.Send(
            HttpMethod.Post,
            "/v1/acts",
            new
            {
                memberState = "ZAF",
                kind = "statement",
                title = "A statement",
                on = "2026-11-20",
                url = "https://docs.example/1",
            }
        );
        act.EnsureSuccessStatusCode();
        using var pressure = await admin.Send(
            HttpMethod.Post,
            "/v1/pressures",
            new
            {
                memberState = "ZAF",
                kind = "trade",
                towards = "no",
                level = "low",
            }
        );
        pressure.EnsureSuccessStatusCode();
        using var view = await admin.Put("/v1/views/a", new { filter = "position=yes", shared = true });
        view.EnsureSuccessStatusCode();
        using var webhook = await admin.Send(
            HttpMethod.Post,
            "/v1/webhooks",
            new
            {
                url = "https://8.8.8.8/",
                events = (string[])["stance.changed"],
                enabled = false,
            }
        );
        webhook.EnsureSuccessStatusCode();
        using var day = await admin.Put("/v1/resolutions/es-10-l-34/vote-day", new { startsWith = "K" });
        day.EnsureSuccessStatusCode();
        using var vote = await admin.Put("/v1/resolutions/es-10-l-34/vote-day/votes/KEN", new { vote = "no" });
        vote.EnsureSuccessStatusCode();
        using var milestone = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions/es-10-l-34/milestones",
            new
            {
                kind = "vote",
                what = "Vote",
                plannedOn = "2026-12-10",
            }
        );
        milestone.EnsureSuccessStatusCode();
        using var calendar = await admin.Send(HttpMethod.Post, "/v1/calendars", new { kind = "personal" });
        calendar.EnsureSuccessStatusCode();
        using var request = await admin.Put("/v1/sessions/es-10/requests/ZAF", new { requestedOn = "1997-04-22" });
        request.EnsureSuccessStatusCode();
        using var veto = await admin.Send(
            HttpMethod.Post,
            "/v1/council-vetoes",
            new
            {
                draft = "S/2022/155",
                on = "2022-02-25",
                subject = "A question",
                against = (string[])["RUS"],
                session = "es-11",
            }
        );
        veto.EnsureSuccessStatusCode();
        return
        [
            "/v1/export/resolutions.csv",
            "/v1/export/roll-calls.csv",
            "/v1/export/member-states.csv",
            "/v1/export/matrix.csv",
            "/v1/member-states",
            "/v1/contacts",
            "/v1/mentions",
            "/v1/views/a",
            "/v1/endorsements",
            "/v1/acts",
            "/v1/pressures",
            "/v1/webhooks",
            "/v1/resolutions/es-10-l-34/vote-day",
            "/v1/resolutions/es-10-l-34/milestones",
            "/v1/resolutions/es-10-l-34/milestones/1/history",
            "/v1/calendars",
            "/v1/sessions/es-10/requests/ZAF",
            "/v1/sessions/es-11/council-vote",
            "/v1/council-vetoes",
            "/v1/resolutions/es-10-l-34/export/stances.csv",
            "/v1/resolutions/es-10-l-34/export/history.csv",
            "/v1/resolutions/es-10-l-34/tally",
            "/v1/resolutions/es-10-l-34/stances/ZAF/history",
        ];
    }

    private static async Task<List<byte[]>> Exports(HttpClient client, string[] paths)
    {
        var all = new List<byte[]>();
        foreach (var path in paths)
        {
            var bytes = await client.GetByteArrayAsync(path);
            // These have the first version of the incarnation.
            all.Add(
                path.EndsWith("/tally", StringComparison.Ordinal)
                || path is "/v1/contacts" or "/v1/views/a" or "/v1/endorsements" or "/v1/acts" or "/v1/pressures"
                || path is "/v1/webhooks" or "/v1/resolutions/es-10-l-34/vote-day"
                || path is "/v1/council-vetoes"
                || path.EndsWith("/milestones", StringComparison.Ordinal)
                    ? Unversioned(bytes)
                    : bytes
            );
        }
        return all;
    }

    private static byte[] Unversioned(byte[] json) =>
        Encoding.UTF8.GetBytes(
            Regex.Replace(
                Encoding.UTF8.GetString(json),
                "\"version\": ?[0-9]+",
                "",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
        );

    private static async Task<string> NewKey(HttpClient admin)
    {
        using var made = await admin.Send(HttpMethod.Post, "/v1/api-keys", new { label = "moved", role = "viewer" });
        return (await made.Json()).Text("key")!;
    }

    private static async Task<string> Copy(string folder, string from, string to)
    {
        var (exitCode, output) = await Service.Run(folder, ["copy", "--from", from, "--to", to]);
        exitCode.ShouldBe(0, output);
        return output;
    }
}
