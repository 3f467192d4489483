using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Database.Upgrade;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process.Copies;

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
            paths = await CopiedCampaign.Write(admin);
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
        (await Copy(folder, Databases.Setting(folder), Databases.Setting(target), exits: 2)).ShouldContain(
            "The target is not empty"
        );
    }

    [Test]
    public async Task A_source_without_the_last_migration_is_rejected()
    {
        using var folder = new Folder();
        using var target = new Folder();
        OldDatabase.Make(folder, Databases.Migrations[^2].Version);
        Databases.MakeEmpty(target);
        (await Copy(folder, Databases.Setting(folder), Databases.Setting(target), exits: 2)).ShouldContain(
            "Start this version with the source once"
        );
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
        (
            await Copy(folder, $"Data Source={folder}/nowhere.db", $"Data Source={folder}/target.db", exits: 2)
        ).ShouldContain("cannot be opened");
        File.Exists(Path.Combine(folder, "nowhere.db")).ShouldBeFalse();
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

    private static async Task<string> Copy(string folder, string from, string to, int exits = 0)
    {
        var (exitCode, output) = await Service.Run(folder, ["copy", "--from", from, "--to", to]);
        exitCode.ShouldBe(exits, output);
        return output;
    }
}
