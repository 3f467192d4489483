using System.IO.Compression;
using System.Text;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Upgrade;

/// <summary>
/// Databases that releases 1.0.0 and 1.2.0 wrote are opened with this program. README.md beside the files says how they were
/// made. Release 1.1.0 has the schema of 1.2.0.
/// </summary>
[OnlySqlite]
public sealed class KeptDatabaseTests
{
    private const string Draft = "/v1/resolutions/es-10-l-34";
    private const string AppliedAt = "2026-11-28T18:44:31.106212Z";
    private const string ScenarioAt = "2026-11-28T18:44:35.007922Z";
    private const string ScenarioAtOf120 = "2026-11-30T09:36:22.351222Z";

    [Test]
    public async Task A_database_of_release_1_0_0_has_the_same_stances_tally_and_scenario_in_this_program()
    {
        using var folder = new Process.Folder();
        await Unpack(folder, "1.0.0");
        Versions(folder)
            .ShouldBe([
                $"1 0001-the-tracker.sql {AppliedAt}",
                $"2 0002-history-in-order.sql {AppliedAt}",
                $"3 0003-the-whole-record.sql {AppliedAt}",
                $"4 0004-what-was-said-when.sql {AppliedAt}",
                $"5 0005-roll-calls-by-rowid.sql {AppliedAt}",
                $"6 0007-scenarios.sql {AppliedAt}",
                $"7 0008-order-of-votes.sql {AppliedAt}",
                $"8 0009-answers-to-repeats.sql {AppliedAt}",
            ]);

        await ReadAll(folder, ScenarioAt, version: 8, scenarioVersion: 1);
        Versions(folder)
            .Take(8)
            .ShouldBe([
                $"1 0001-the-tracker.sql {AppliedAt}",
                $"2 0002-history-in-order.sql {AppliedAt}",
                $"3 0003-the-whole-record.sql {AppliedAt}",
                $"4 0004-what-was-said-when.sql {AppliedAt}",
                $"5 0005-roll-calls-by-rowid.sql {AppliedAt}",
                $"7 0007-scenarios.sql {AppliedAt}",
                $"8 0008-order-of-votes.sql {AppliedAt}",
                $"9 0009-answers-to-repeats.sql {AppliedAt}",
            ]);

        // Reads of contacts have entries in the audit.
        var before = Databases.DumpContent(folder);
        await ReadAll(folder, ScenarioAt, version: 8, scenarioVersion: 1);
        Databases.DumpContent(folder).ShouldBe(before);
    }

    [Test]
    public async Task A_database_of_release_1_2_0_has_the_same_stances_tally_and_scenario_in_this_program()
    {
        using var folder = new Process.Folder();
        await Unpack(folder, "1.2.0");
        Versions(folder)[^1].ShouldStartWith("14 ");
        // Release 1.2.0 served it in another place, so a new incarnation begins.
        var first = 0L;
        using (var app = new App(InDecember(), folder: folder))
        {
            using var admin = app.Admin;
            first = (await admin.GetJson($"{Draft}/tally")).Version();
            first.ShouldBeGreaterThanOrEqualTo(1_000_000);
        }
        await ReadAll(folder, ScenarioAtOf120, first, first);
        Versions(folder)[^1].ShouldStartWith($"{MigrationList.Load("Sqlite")[^1].Version} ");
    }

    [Test]
    public async Task A_contact_of_release_1_0_0_is_erased_from_the_file_with_its_engagements()
    {
        const string summary = "An invented call.";
        using var folder = new Process.Folder();
        await Unpack(folder, "1.0.0");
        using (var app = new App(folder: folder))
        {
            using var admin = app.Admin;
            var contact = (await admin.GetItems("/v1/contacts")).ShouldHaveSingleItem().Text("id");
            using var erased = await admin.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
            ((int)erased.StatusCode).ShouldBe(204);
        }
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Databases.FileOf(folder))).ShouldNotContain(summary);
    }

    private static async Task ReadAll(string folder, string scenarioAt, long version, long scenarioVersion)
    {
        using var app = new App(InDecember(), folder: folder);
        using var anonymous = app.Anonymous;
        using var admin = app.Admin;

        (await anonymous.GetItems($"{Draft}/stances"))
            .Where(s => s.Text("position") == "yes")
            .Select(s => s.Text("memberState"))
            .ShouldBe(["BRA", "NOR", "ZAF"]);
        (await admin.GetItems($"{Draft}/stances"))
            .Where(s => s.Text("position") != "unknown")
            .Select(s => $"{s.Text("memberState")} {s.Text("position")} {s.Text("certainty")} {s.Text("evidence")}")
            .ShouldBe([
                "BRA yes likely meeting",
                "CHL absent likely second-hand",
                "KEN no leaning call",
                "NOR yes confirmed note-verbale",
                "ZAF yes likely meeting",
            ]);
        (await admin.GetJson($"{Draft}/stances/ZAF")).Text("note").ShouldBe("An invented note.");
        (await admin.GetItems($"{Draft}/stances/ZAF/history"))
            .Select(c => c.Text("to"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["abstain", "yes"]);

        var tally = await anonymous.GetJson($"{Draft}/tally");
        tally.Version().ShouldBe(version);
        ((string[])["yes", "no", "abstain", "absent", "unknown", "margin", "coSponsors"])
            .Select(name => tally.Int(name))
            .ShouldBe([3, 1, 0, 1, 188, 1, 1]);

        var scenario = await admin.GetJson($"{Draft}/scenarios/zaf-abstains");
        (scenario.Version(), scenario.Text("changedAt")).ShouldBe((scenarioVersion, scenarioAt));
        var change = scenario["changes"]!.AsArray().ShouldHaveSingleItem()!;
        (change.Text("memberState"), change.Text("position")).ShouldBe(("ZAF", "abstain"));
        var outcome = (await admin.GetJson($"{Draft}/scenarios/zaf-abstains/outcome"))["tally"]!;
        (outcome.Int("yes"), outcome.Int("no"), outcome.Int("abstain")).ShouldBe((2, 1, 1));

        (await admin.GetJson($"{Draft}/co-sponsors/NOR")).Text("status").ShouldBe("signed");
        var contact = (await admin.GetItems("/v1/contacts")).ShouldHaveSingleItem();
        contact.Text("name").ShouldBe("Example Desk");
        (await admin.GetItems($"/v1/contacts/{contact.Text("id")}/engagements"))
            .ShouldHaveSingleItem()
            .Text("summary")
            .ShouldBe("An invented call.");
    }

    private static FakeTimeProvider InDecember() => new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));

    private static IReadOnlyList<string> Versions(string folder)
    {
        using var connection = Databases.Open(folder);
        return
        [
            .. connection.Query<string>(
                "SELECT version || ' ' || name || ' ' || applied_at FROM schema_version ORDER BY version"
            ),
        ];
    }

    private static async Task Unpack(string folder, string release)
    {
        await using var packed = File.OpenRead(
            Path.Combine(Repository.Root, $"tests/VoteTracker.Tests/Database/release-{release}.db.gz")
        );
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var file = File.Create(Databases.FileOf(folder));
        await unpacked.CopyToAsync(file);
    }
}
