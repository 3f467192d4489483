using System.IO.Compression;
using System.Text;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>
/// A database that release 1.0.0 wrote is opened with this program. README.md beside the file says how it was made.
/// </summary>
[OnlySqlite]
public sealed class KeptDatabaseTests
{
    private const string Draft = "/v1/resolutions/es-10-l-34";
    private const string AppliedAt = "2026-11-28T18:44:31.106212Z";

    [Test]
    public async Task A_database_of_release_1_0_0_has_the_same_stances_tally_and_scenario_in_this_program()
    {
        using var folder = new Process.Folder();
        await Unpack(folder);
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

        await ReadAll(folder);
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
        var before = Databases.Dump(folder).Where(row => !row.StartsWith("audit_", StringComparison.Ordinal)).ToList();
        await ReadAll(folder);
        Databases.Dump(folder).Where(row => !row.StartsWith("audit_", StringComparison.Ordinal)).ShouldBe(before);
    }

    [Test]
    public async Task A_contact_of_release_1_0_0_is_erased_from_the_file_with_its_engagements()
    {
        const string summary = "An invented call.";
        using var folder = new Process.Folder();
        await Unpack(folder);
        using (var app = new App(folder: folder))
        {
            using var admin = app.Admin;
            var contact = (await admin.GetItems("/v1/contacts")).ShouldHaveSingleItem().Text("id");
            using var erased = await admin.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
            ((int)erased.StatusCode).ShouldBe(204);
        }
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Databases.FileOf(folder))).ShouldNotContain(summary);
    }

    private static async Task ReadAll(string folder)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
        using var app = new App(clock, folder: folder);
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
        ((string[])["version", "yes", "no", "abstain", "absent", "unknown", "margin", "coSponsors"])
            .Select(name => tally.Int(name))
            .ShouldBe([8, 3, 1, 0, 1, 188, 1, 1]);

        var scenario = await admin.GetJson($"{Draft}/scenarios/zaf-abstains");
        (scenario.Int("version"), scenario.Text("changedAt")).ShouldBe((1, "2026-11-28T18:44:35.007922Z"));
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

    private static async Task Unpack(string folder)
    {
        await using var packed = File.OpenRead(
            Path.Combine(Repository.Root, "tests/VoteTracker.Tests/Database/release-1.0.0.db.gz")
        );
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var file = File.Create(Databases.FileOf(folder));
        await unpacked.CopyToAsync(file);
    }
}
