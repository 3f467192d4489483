using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>Queued writes share a commit. A write that fails does not affect the others.</summary>
[EveryEngine]
public sealed class SharedCommitTests
{
    [Test]
    public async Task A_rejected_write_does_not_affect_the_others_of_its_commit()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { voteOn = "2026-12-01" });
        using var client = app.Admin;
        await client.RecordStance(id, "ZAF", "no");
        await client.RecordStance(id, "KEN", "yes");
        using var entered = await client.PutAsJsonAsync(
            "/v1/member-states/NGA/ineligibility",
            new { from = "2026-11-01", reason = "other" }
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();

        var before = Ledger.Read(app.Folder, id).Version;

        using var writer = await HeldWriter.Hold(app);
        var stances = $"/v1/resolutions/{id}/stances";
        var writes = new List<(int Status, Task<HttpResponseMessage> Answer)>
        {
            (200, client.Put($"{stances}/BRA", Yes(), ifMatch: "\"0\"")),
            (412, client.Put($"{stances}/ZAF", Yes(), ifMatch: "\"1\"")),
            (200, client.Put($"{stances}/ARG", Yes(), ifMatch: "\"0\"")),
            (409, client.Put($"{stances}/NGA", Yes())),
            (404, client.Put("/v1/resolutions/nowhere/stances/BRA", Yes())),
            (404, client.Put($"{stances}/TWN", Yes())),
            (400, client.Put($"{stances}/CHL", Yes(contact: "nobody"))),
            (409, client.PostAsJsonAsync("/v1/resolutions", Draft(id))),
            (204, client.Send(HttpMethod.Delete, $"{stances}/KEN", ifMatch: "\"3\"")),
            (412, client.Send(HttpMethod.Delete, $"{stances}/ZAF", ifMatch: "\"1\"")),
            (201, client.Put($"/v1/resolutions/{id}/co-sponsors/CHL", new { status = "signed", role = "main" })),
            (200, client.Put($"{stances}/PER", Yes())),
        };
        await writer.WaitForQueued(writes.Count);
        await writer.Release();
        foreach (var (status, answer) in writes)
        {
            using var got = await answer;
            ((int)got.StatusCode).ShouldBe(status, $"{got.RequestMessage} {await got.Content.ReadAsStringAsync()}");
        }
        writer.Commits.ShouldBe(1, "they shared one commit");

        var ledger = Ledger.Read(app.Folder, id);
        ledger.Halves.ShouldBeEmpty();
        ledger.Version.ShouldBe(before + writes.Count(w => w.Status < 300));
        ledger
            .Entries.Where(e => e.Version > before)
            .Select(e => e.MemberState)
            .ShouldBeInAnyOrder(["BRA", "ARG", "KEN", "CHL", "PER"]);
        var tally = await client.GetJson($"/v1/resolutions/{id}/tally");
        (tally.Int("yes"), tally.Int("no"), tally.Int("coSponsors")).ShouldBe((3, 1, 1));
    }

    [Test]
    public async Task A_violated_constraint_rolls_back_only_its_own_write()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var db = app.Services.GetRequiredService<Db>();
        using var writer = await HeldWriter.Hold(app);
        var first = Keep(db, "first");
        var twice = db.Write(async write =>
        {
            write.Changes(id);
            await Keep(write, "half of the second");
            await Keep(write, "half of the second");
            return 0;
        });
        var nowhere = db.Write(async write =>
        {
            await Keep(write, "half of the third");
            return await write.Connection.ExecuteAsync(
                "INSERT INTO membership_break (iso3, from_day, until_day, why) VALUES ('XXX', '1990-01-01', '1990-01-02', '')"
            );
        });
        var thrown = db.Write<int>(async write =>
        {
            await Keep(write, "half of the fourth");
            throw new TimeoutException();
        });
        var last = Keep(db, "last");
        await writer.WaitForQueued(5);
        await writer.Release();
        await first;
        (await Should.ThrowAsync<DbException>(twice)).Message.ShouldContain("unique", Case.Insensitive);
        (await Should.ThrowAsync<DbException>(nowhere)).Message.ShouldContain("foreign key", Case.Insensitive);
        await Should.ThrowAsync<TimeoutException>(thrown);
        await last;
        writer.Commits.ShouldBe(1, "they shared one commit");
        (await Kept(db)).ShouldBe(["first", "last"]);
        db.StorageFault.ShouldBeNull("a failed statement is not a fault of the disk");
    }

    [OnlySqlite]
    [Test]
    public async Task If_the_disk_is_full_all_writes_of_a_commit_fail_and_none_is_committed()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Admin;
        // The first note creates the key that encrypts it, with a commit of its own.
        (await client.Put($"/v1/resolutions/{id}/stances/ZAF", Yes(note: "n"))).EnsureSuccessStatusCode();
        var db = app.Services.GetRequiredService<Db>();
        var pages = await db.Write(w => w.Connection.ExecuteScalarAsync<long>("PRAGMA page_count"));
        await db.Write(w => w.Connection.ExecuteScalarAsync<long>($"PRAGMA max_page_count = {pages}"));
        var before = Ledger.Read(app.Folder, id);

        using var writer = await HeldWriter.Hold(app);
        var note = new string('n', 4_000);
        string[] members = ["BRA", "ARG", "CHL", "PER", "ECU", "BOL", "URY", "PRY"];
        var answers = members.Select(m => client.Put($"/v1/resolutions/{id}/stances/{m}", Yes(note: note))).ToList();
        await writer.WaitForQueued(members.Length);
        await writer.Release();
        foreach (var answer in answers)
        {
            using var got = await answer;
            await got.ShouldBeProblem(503);
            got.Headers.RetryAfter.ShouldNotBeNull();
        }
        writer.Commits.ShouldBe(0);
        var after = Ledger.Read(app.Folder, id);
        after.Halves.ShouldBeEmpty();
        (after.Version, after.Standing, after.Entries.Count).ShouldBe(
            (before.Version, before.Standing, before.Entries.Count)
        );

        await db.Write(w => w.Connection.ExecuteScalarAsync<long>("PRAGMA max_page_count = 1000000"));
        using var again = await client.Put($"/v1/resolutions/{id}/stances/BRA", Yes(note: note));
        again.StatusCode.ShouldBe(HttpStatusCode.OK, "the disk has space again, and writing continues");
    }

    private static object Yes(string? contact = null, string? note = null) =>
        new
        {
            position = "yes",
            certainty = "likely",
            evidence = "call",
            contact,
            note,
        };

    private static object Draft(string id) =>
        new
        {
            id,
            symbol = "A/ES-10/L.99",
            title = "Another draft",
            session = "es-10",
            kind = "draft",
        };

    private static Task<int> Keep(Db db, string name) => db.Write(write => Keep(write, name));

    private static Task<int> Keep(Write write, string name) =>
        write.Connection.ExecuteAsync(
            "INSERT INTO fact (name, value) VALUES (@name, 'kept by the test')",
            new { name }
        );

    private static Task<List<string>> Kept(Db db) =>
        db.Read(async connection =>
            (
                await connection.QueryAsync<string>(
                    "SELECT name FROM fact WHERE value = 'kept by the test' ORDER BY name"
                )
            ).ToList()
        );
}
