using System.Runtime.Versioning;
using VoteTracker.Tests.Database.Restore;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>The drill: a campaign is backed up, destroyed, restored and served again.</summary>
[OnlySqlite]
[UnsupportedOSPlatform("windows")]
public sealed partial class RestoreDrillTests
{
    private const string Path = $"/v1/resolutions/{Seen.Draft}";

    private static readonly string[] Reads =
    [
        $"{Path}/stances?limit=1000",
        $"{Path}/stances/KEN/history",
        $"{Path}/co-sponsors",
        "/v1/resolutions/es-10-27/roll-call",
        "/v1/contacts",
        "/v1/tasks",
    ];

    [TestCase("campaign.db")]
    [TestCase("campaign.db.gz", "--compress")]
    [TestCase("campaign.db.age", "--encrypt")]
    [TestCase("campaign.db.gz.age", "--compress", "--encrypt")]
    public async Task A_restored_campaign_has_what_the_backup_had_and_reuses_no_version(
        string name,
        params string[] options
    )
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        string[] key = options.Contains("--encrypt") ? ["--key-file", KeyFiles.Write(elsewhere)] : [];
        var backup = System.IO.Path.Combine(elsewhere, name);
        Seen seen;
        List<string> before;
        using (var app = new App(folder: folder))
        {
            seen = await Seen.Begin(app.Admin, app.Clock);
            before = await ReadAll(app);
            (await Run(folder, ["backup", backup, .. options, .. key])).ShouldContain("checked and complete");
            await seen.WriteWhatIsLost(app.Admin);
        }
        File.GetUnixFileMode(backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (options.Length > 0)
        {
            (await File.ReadAllTextAsync(backup)).ShouldNotContain("SQLite format");
        }
        (await Run(folder, ["verify", backup, .. key])).ShouldContain("It is complete.");

        // The disk is lost.
        Databases.Drop(folder);
        (await Run(folder, ["restore", backup, .. key, "--Database", Databases.Setting(folder)])).ShouldContain(
            "checked and complete"
        );
        Directory.GetFiles(folder, "*unfinished*").ShouldBeEmpty();
        File.GetUnixFileMode(Databases.FileOf(folder)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using var restored = new App(folder: folder);
        restored.Clock.Advance(TimeSpan.FromHours(1));
        (await ReadAll(restored)).ShouldBe(before);
        await seen.ShouldMeetAnotherIncarnation(restored.Admin);
    }

    [Test]
    public async Task Two_restores_of_one_backup_have_different_versions()
    {
        using var folder = new Folder();
        using (var app = new App(folder: folder))
        {
            await app.OpenDraft();
            await Run(folder, ["backup", "campaign.db.gz", "--compress"]);
        }
        var versions = new HashSet<long>();
        for (var i = 0; i < 2; i++)
        {
            await Run(folder, ["restore", "campaign.db.gz", "--replace"]);
            using var app = new App(folder: folder);
            versions.Add((await app.Admin.GetJson($"{Path}/tally")).Version());
        }
        versions.Count.ShouldBe(2);
        versions.ShouldAllBe(version => version >= 1_000_000);
    }

    // Versions differ on purpose after a restore.
    private static async Task<List<string>> ReadAll(App app)
    {
        using var admin = app.Admin;
        var texts = new List<string>();
        foreach (var path in Reads)
        {
            var json = await admin.GetJson(path);
            texts.Add(VersionOrCursor().Replace(json.ToJsonString(), ""));
        }
        var tally = await admin.GetJson($"{Path}/tally");
        texts.Add(
            string.Join(' ', ((string[])["yes", "no", "abstain", "unknown", "coSponsors"]).Select(n => tally.Int(n)))
        );
        texts.Count.ShouldBe(Reads.Length + 1);
        return texts;
    }

    private static async Task<string> Run(string folder, string[] arguments)
    {
        var (exitCode, output) = await Service.Run(folder, arguments);
        exitCode.ShouldBe(0, output);
        return output;
    }

    [System.Text.RegularExpressions.GeneratedRegex(
        """
            "(version|cursor|next)":("[^"]*"|[0-9]+)
            """
    )]
    private static partial System.Text.RegularExpressions.Regex VersionOrCursor();
}
