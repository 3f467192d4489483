using System.Net.Http.Json;
using VoteTracker.Tests.Features.Contacts;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>The entries of writes, keys and refusals, and their list.</summary>
[EveryEngine]
public sealed class AuditTests
{
    [Test]
    public async Task A_write_has_one_entry_and_a_rejected_one_has_none_and_a_repeated_one_is_a_read()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        var key = (await app.Admin.GetJson("/v1/api-keys"))["items"]!
            .AsArray()
            .Single(item => item!["label"]!.GetValue<string>() == "lobbyist")!["id"]!.GetValue<string>();
        var before = app.LastEntry();

        await lobbyist.RecordStance(draft, "NOR", "yes");
        var entry = app.Since(before).ShouldHaveSingleItem();
        (entry.Action, entry.Operation).ShouldBe(("write", "PUT /v1/resolutions/{id}/stances/{iso3}"));
        entry.Target.ShouldBe($"id={draft}&iso3=NOR");
        entry.Count.ShouldBe(1);
        entry.At.ShouldBe(app.Clock.GetUtcNow());
        var listed = (await app.List("?limit=1&action=write")).ShouldHaveSingleItem();
        listed["author"]!.GetValue<string>().ShouldBe(key);
        listed["label"]!.GetValue<string>().ShouldBe("lobbyist");
        entry.Author.ShouldBe(key);

        before = app.LastEntry();
        using var conflict = await lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "no",
                certainty = "likely",
                evidence = "call",
            },
            "\"999\""
        );
        await conflict.ShouldBeProblem(412);
        using var wrong = await lobbyist.Put($"/v1/resolutions/{draft}/stances/NOR", new { position = "maybe" });
        await wrong.ShouldBeProblem(400);
        using var missing = await app.Admin.DeleteAsync("/v1/api-keys/nothing");
        await missing.ShouldBeProblem(404);
        app.Since(before).ShouldBeEmpty();

        async Task<HttpResponseMessage> Post()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
            {
                Content = JsonContent.Create(ContactRequests.Desk),
            };
            request.Headers.Add("Idempotency-Key", "once");
            return await lobbyist.SendAsync(request);
        }
        using var first = await Post();
        using var again = await Post();
        again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        app.Since(before)
            .Select(e => (e.Action, e.Operation, e.Author, e.Target))
            .ShouldBe([
                ("write", "POST /v1/contacts", key, $"created={(await first.Json())["id"]}"),
                ("read", "POST /v1/contacts", key, null),
            ]);
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task A_write_that_fails_or_is_a_dry_run_has_no_entry()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(draft, "NOR", "yes");
        var before = app.LastEntry();
        using var csv = new StringContent(
            "iso3,position,certainty,evidence\nSWE,no,likely,call\n",
            System.Text.Encoding.UTF8,
            "text/csv"
        );
        using var dry = await lobbyist.PostAsync($"/v1/resolutions/{draft}/stances/import?dryRun=true", csv);
        dry.EnsureSuccessStatusCode();
        app.Since(before).ShouldBeEmpty();
        // The entry and the write are one transaction: if the entry cannot be inserted, nothing is written.
        app.Tamper("UPDATE audit_chain SET last_seq = 0");
        using var refused = await lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/SWE",
            new
            {
                position = "no",
                certainty = "likely",
                evidence = "call",
            }
        );
        await refused.ShouldBeProblem(503);
        using var missing = await lobbyist.GetAsync($"/v1/resolutions/{draft}/stances/SWE");
        (await missing.Content.ReadAsStringAsync()).ShouldNotContain("\"likely\"");
    }

    [Test]
    public async Task Keys_that_are_created_replaced_and_revoked_have_entries_with_their_ids()
    {
        using var app = new App();
        using var admin = app.Admin;
        var before = app.LastEntry();
        using var created = await admin.PostAsJsonAsync("/v1/api-keys", new { label = "a", role = "admin" });
        var json = await created.Json();
        var id = json["id"]!.GetValue<string>();
        using var client = app.WithKey(json["key"]!.GetValue<string>());
        using var rotated = await client.PostAsync($"/v1/api-keys/{id}/rotate", content: null);
        var newer = (await rotated.Json())["id"]!.GetValue<string>();
        using var revoked = await client.DeleteAsync($"/v1/api-keys/{newer}");
        revoked.EnsureSuccessStatusCode();
        app.Since(before)
            .Select(e => (e.Action, e.Author, e.Target))
            .ShouldBe([
                ("key-created", "settings", $"key={id}"),
                ("key-created", id, $"id={id}&key={newer}"),
                ("key-revoked", id, $"id={newer}"),
            ]);
    }

    [Test]
    public async Task The_list_has_the_newest_entry_first_in_pages_and_with_filters()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        await lobbyist.RecordStance(draft, "NOR", "yes");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await lobbyist.RecordStance(draft, "SWE", "yes");

        var all = await app.List();
        all[0]["action"]!.GetValue<string>().ShouldBe("read", "the read of the audit itself");
        all[0]["operation"]!.GetValue<string>().ShouldBe("GET /v1/audit");
        all[0]["author"]!.GetValue<string>().ShouldBe("settings");
        all[1]["target"]!.GetValue<string>().ShouldBe($"id={draft}&iso3=SWE");
        all[1]["erased"]!.AsArray().ShouldBeEmpty();
        all.Select(item => item["seq"]!.GetValue<long>()).ShouldBeInOrder(SortDirection.Descending);

        var author = all[1]["author"]!.GetValue<string>();
        (await app.List($"?author={author}"))
            .Select(item => item["target"]!.GetValue<string>()[^3..])
            .ShouldBe(["SWE", "NOR"]);
        (
            await app.List($"?author={author}&from={app.Clock.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}")
        ).ShouldHaveSingleItem();
        (
            await app.List($"?author={author}&to={app.Clock.GetUtcNow().AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}")
        ).ShouldHaveSingleItem()["target"]!
            .GetValue<string>()
            .ShouldEndWith("NOR");
        (await app.List("?action=key-created&address=192.0.2.1")).ShouldBeEmpty();
        (await app.List("?action=key-created")).ShouldNotBeEmpty();

        using var page = await app.Admin.GetAsync($"/v1/audit?author={author}&limit=1");
        var link = page.Headers.GetValues("Link").ShouldHaveSingleItem();
        var next = await app.Admin.GetJson(link[1..link.IndexOf('>', StringComparison.Ordinal)]);
        next["items"]!.AsArray().ShouldHaveSingleItem()!["target"]!.GetValue<string>().ShouldEndWith("NOR");
    }

    [AnyEngine]
    [TestCase("?action=nothing", "action")]
    [TestCase("?from=yesterday", "from")]
    [TestCase("?from=2026-11-21T10:00:00Z&to=2026-11-20T10:00:00Z", "to")]
    [TestCase("?cursor=x", "cursor")]
    [TestCase("?key=x", "key")]
    public async Task A_wrong_parameter_is_named(string query, string parameter)
    {
        using var app = new App();
        using var answer = await app.Admin.GetAsync($"/v1/audit{query}");
        await answer.ShouldBeProblem(400, parameter);
    }

    [Test]
    public async Task Sign_in_and_sign_out_have_entries_of_the_holder_of_the_key()
    {
        using var app = new App();
        var key = await KeyRequests.NewKey(app, new { label = "page", role = "viewer" });
        using var browser = new Web.CookieBrowser(app);
        var before = app.LastEntry();
        await browser.SignIn(key);
        await browser.SignOut();
        await browser.SignOut();
        var entries = app.Since(before);
        entries.Select(e => e.Action).ShouldBe(["sign-in", "sign-out"]);
        entries.Select(e => e.Author).Distinct().ShouldHaveSingleItem().ShouldNotBe("anonymous");
        entries[0].Operation.ShouldBe("POST /sign-in");
    }
}
