using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Features.Audit;
using VoteTracker.Tests.Features.Contacts;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>The chain of hashes: what a check finds, and what it permits.</summary>
[EveryEngine]
public sealed class AuditChainTests
{
    [TestCase("UPDATE audit_entry SET target = 'id=x' WHERE seq = @n", "Entry {n} of")]
    [TestCase("UPDATE audit_entry SET author = 'other' WHERE seq = @n", "Entry {n} of")]
    [TestCase(
        "UPDATE audit_entry SET address = '192.0.2.9', address_salt = author_salt WHERE seq = @n",
        "Entry {n} of"
    )]
    [TestCase("UPDATE audit_entry SET operation = 'GET /' WHERE seq = @n", "Entry {n} of")]
    [TestCase("UPDATE audit_entry SET action = 'read' WHERE seq = @n", "Entry {n} of")]
    [TestCase("UPDATE audit_entry SET count = 2 WHERE seq = @n", "Entry {n} of")]
    [TestCase(
        "UPDATE audit_entry SET at = (SELECT MIN(at) FROM audit_entry WHERE seq > @n) WHERE seq = @n",
        "Entry {n} of"
    )]
    [TestCase(
        "UPDATE audit_entry SET hash = (SELECT hash FROM audit_entry WHERE seq = 1) WHERE seq = @n",
        "Entry {n} of"
    )]
    [TestCase("UPDATE audit_entry SET target = NULL, target_salt = NULL WHERE seq = @n", "Entry {n} of")]
    [TestCase("UPDATE audit_entry SET author_salt = 'x' WHERE seq = @n", "Entry {n} of")]
    [TestCase("DELETE FROM audit_entry WHERE seq = @n", "Entry {n} is missing.")]
    [TestCase("DELETE FROM audit_entry WHERE seq >= @n", "Entry {n} is missing: entry {last} was the last one.")]
    [TestCase("DELETE FROM audit_entry WHERE seq < @n", "Entry 1 is missing.")]
    [TestCase("DELETE FROM audit_chain", "The table audit_chain has no row")]
    [TestCase(
        "UPDATE audit_entry SET seq = -1 WHERE seq = @n; UPDATE audit_entry SET seq = @n WHERE seq = @n + 1; UPDATE audit_entry SET seq = @n + 1 WHERE seq = -1",
        "Entry {n} of"
    )]
    [TestCase(
        "DELETE FROM audit_entry WHERE seq < @n; UPDATE audit_chain SET first_seq = @n, first_hash = '{before}'",
        "Entry {n-1} is missing: no retention is recorded that deleted it."
    )]
    public async Task A_check_names_the_first_entry_that_is_missing_or_was_changed(string sql, string fault)
    {
        using var app = new App();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var draft = await app.OpenDraft();
        foreach (var iso3 in (string[])["NOR", "SWE", "DNK", "FIN"])
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Admin.RecordStance(draft, iso3, "yes");
        }
        var check = await app.Verify();
        check.Fault.ShouldBeNull();
        check.Entries.ShouldBe(app.LastEntry());
        var (n, last) = (app.LastEntry() - 2, app.LastEntry());
        var before = AuditRequests.Entries(app.Folder).Single(e => e.Seq == n - 1).Hash;
        app.Tamper(
            sql.Replace("@n", $"{n}", StringComparison.Ordinal).Replace("{before}", before, StringComparison.Ordinal)
        );
        (await app.Verify())
            .Fault.ShouldNotBeNull()
            .ShouldStartWith(
                fault
                    .Replace("{n}", $"{n}", StringComparison.Ordinal)
                    .Replace("{n-1}", $"{n - 1}", StringComparison.Ordinal)
                    .Replace("{last}", $"{last}", StringComparison.Ordinal)
            );
    }

    [Test]
    public async Task A_rewritten_chain_is_found_by_an_entry_that_was_noted_elsewhere()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Admin.RecordStance(draft, "NOR", "yes");
        var noted = (await app.Verify()).Head;
        await app.Admin.RecordStance(draft, "SWE", "yes");
        (await app.Verify(noted)).Fault.ShouldBeNull("an older entry is still in the chain");
        // Removes the last two entries and moves the end of the chain.
        var rows = AuditRequests.Entries(app.Folder);
        app.Tamper($"DELETE FROM audit_entry WHERE seq > {rows[^3].Seq}");
        app.Tamper($"UPDATE audit_chain SET last_seq = {rows[^3].Seq}, last_hash = '{rows[^3].Hash}'");
        (await app.Verify()).Fault.ShouldBeNull();
        (await app.Verify(noted)).Fault.ShouldBe($"Entry {noted.Seq} is missing: the last entry is {rows[^3].Seq}.");
        await app.Admin.RecordStance(draft, "FIN", "yes");
        (await app.Verify(noted)).Fault.ShouldBe(
            $"Entry {noted.Seq} was changed: it has another hash than the expected one."
        );
    }

    [Test]
    public async Task The_database_rejects_changes_and_deletions_of_entries()
    {
        using var app = new App();
        await app.OpenDraft();
        foreach (
            var sql in (string[])
                [
                    "DELETE FROM audit_entry",
                    "UPDATE audit_entry SET action = 'read'",
                    "UPDATE audit_entry SET target = 'x'",
                    "UPDATE audit_entry SET target = NULL, target_salt = NULL WHERE target IS NOT NULL",
                ]
        )
        {
            Should
                .Throw<System.Data.Common.DbException>(() => Databases.Execute(app.Folder, sql))
                .Message.ShouldContain("The audit is append-only.", customMessage: sql);
        }
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task An_erased_text_leaves_the_chain_valid_and_is_nowhere_in_the_table()
    {
        using var app = new App();
        var path = await ContactRequests.Add(app);
        var contact = path["/v1/contacts/".Length..];
        (await app.SendFrom("192.0.2.77", path, App.AdminKey)).ShouldBe(200);
        (await app.SendFrom("192.0.2.78", path, App.AdminKey)).ShouldBe(200);
        var db = app.Services.GetRequiredService<Db>();
        (await AuditErasure.Erase(db, "192.0.2.77")).ShouldBe(1);
        (await AuditErasure.Erase(db, contact)).ShouldBe(3);
        (await AuditErasure.Erase(db, contact)).ShouldBe(0);
        (await AuditErasure.Erase(db, "%")).ShouldBe(0);

        var check = await app.Verify();
        (check.Fault, check.Erased).ShouldBe((null, 4));
        var entries = AuditRequests.Entries(app.Folder);
        entries.ShouldAllBe(e => e.Target == null || !e.Target.Contains(contact, StringComparison.Ordinal));
        entries.Count(e => e.Address == "192.0.2.77").ShouldBe(0);
        entries.Count(e => e.Address == "192.0.2.78").ShouldBe(1);
        entries.Where(e => e.Action == "erasure").Select(e => e.Count).ShouldBe([1, 3]);
        entries.Where(e => e.AddressDigest != null).ShouldHaveSingleItem().AddressSalt.ShouldBeNull();
        var listed = (await app.List("?action=read")).Single(item => item["erased"]!.AsArray().Count == 2);
        listed["address"].ShouldBeNull();
        // What was erased cannot be exchanged either.
        app.Tamper("UPDATE audit_entry SET address_digest = hash WHERE address_digest IS NOT NULL");
        (await app.Verify()).Fault.ShouldNotBeNull().ShouldContain("was changed");
    }

    [Test]
    public async Task Writes_that_are_committed_together_are_in_the_chain_one_by_one()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var client = app.Admin;
        string[] members = ["BRA", "ARG", "CHL", "PER", "ECU", "BOL", "URY", "PRY", "COL", "MEX"];
        var before = app.LastEntry();
        using (var held = await Tests.Database.HeldWriter.Hold(app))
        {
            var writes = members.Select(iso3 => client.RecordStance(draft, iso3, "yes")).ToList();
            await held.WaitForQueued(members.Length);
            await held.Release();
            await Task.WhenAll(writes);
        }
        var entries = app.Since(before).Where(e => e.Author != "service").ToList();
        entries.Select(e => e.Target).ShouldBeInAnyOrder(members.Select(iso3 => $"id={draft}&iso3={iso3}"));
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task A_write_that_is_rolled_back_alone_has_no_entry()
    {
        using var app = new App();
        app.CreateClient().Dispose();
        var db = app.Services.GetRequiredService<Db>();
        var before = app.LastEntry();
        await Should.ThrowAsync<InvalidOperationException>(() =>
            db.Write<int>(async write =>
            {
                await write.Connection.ExecuteAsync("INSERT INTO fact (name, value) VALUES ('a', '0')");
                write.AddAudit(
                    new AuditEntry
                    {
                        Action = "write",
                        Operation = "x",
                        Author = "x",
                    }
                );
                throw new InvalidOperationException("after a change");
            })
        );
        app.Since(before).ShouldBeEmpty();
        await db.Write(_ => Task.FromResult(0));
        app.Since(before).ShouldHaveSingleItem().Author.ShouldBe("service");
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [OnlyPostgres]
    [Test]
    public async Task Replicas_that_write_at_once_have_one_chain()
    {
        using var first = new App();
        using var second = new App(folder: first.Folder);
        var draft = await first.OpenDraft();
        using var one = first.Admin;
        using var other = second.Admin;
        var before = first.LastEntry();
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(
                one.RecordStance(draft, "BRA", "yes"),
                other.RecordStance(draft, "ARG", "no"),
                one.RecordStance(draft, "ZAF", "abstain"),
                other.RecordStance(draft, "KEN", "yes")
            );
        }
        first.Since(before).Count.ShouldBe(40);
        (await first.Verify()).Fault.ShouldBeNull();
    }
}
