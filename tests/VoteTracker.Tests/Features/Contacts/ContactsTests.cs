using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Contacts.ContactRequests;

namespace VoteTracker.Tests.Features.Contacts;

/// <summary>A contact is added, read, changed and erased.</summary>
[EveryEngine]
public sealed class ContactsTests
{
    [Test]
    public async Task A_contact_is_added_read_changed_and_erased()
    {
        using var app = new App();
        using var added = await app.Lobbyist.PostAsJsonAsync("/v1/contacts", Desk);
        var contact = await added.Json();
        ((int)added.StatusCode).ShouldBe(201, contact.ToJsonString());
        var path = $"/v1/contacts/{contact["id"]}";
        added.Headers.Location!.ToString().ShouldBe(path);
        added.Headers.ETag!.Tag.ShouldBe("\"1\"");
        foreach (var (field, value) in Desk)
        {
            contact[field]!.ToJsonString().ShouldBe(value!.ToJsonString());
        }
        contact["changedBy"]!.GetValue<string>().ShouldBe("lobbyist");
        (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(contact.ToJsonString());
        using var known = await app.Lobbyist.Send(HttpMethod.Get, path, null, null, "\"1\"");
        ((int)known.StatusCode).ShouldBe(304);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var patched = await app.Coordinator.Patch(
            path,
            """{"title": null, "office": "embassy", "notes": "Moved."}""",
            "\"1\""
        );
        var changed = await patched.Json();
        ((int)patched.StatusCode).ShouldBe(200, changed.ToJsonString());
        patched.Headers.ETag!.Tag.ShouldBe("\"2\"");
        changed["title"].ShouldBeNull();
        changed["office"]!.GetValue<string>().ShouldBe("embassy");
        changed["notes"]!.GetValue<string>().ShouldBe("Moved.");
        changed["email"]!.GetValue<string>().ShouldBe("desk@example.org");
        changed["changedBy"]!.GetValue<string>().ShouldBe("coordinator");
        changed["changedAt"]!.GetValue<string>().ShouldBe("2026-11-21T15:01:00Z");
        (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(changed.ToJsonString());

        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"2\"");
        ((int)erased.StatusCode).ShouldBe(204);
        using var gone = await app.Lobbyist.GetAsync(path);
        await gone.ShouldBeProblem(404);
        (await app.Lobbyist.GetJson("/v1/contacts"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task An_observer_has_contacts_too()
    {
        using var app = new App();
        await Add(app, "VAT");
        (await app.Lobbyist.GetJson("/v1/contacts?memberState=VAT"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task Contacts_are_listed_in_pages_by_state_and_of_one_state()
    {
        using var app = new App();
        (await app.Lobbyist.GetJson("/v1/contacts"))["items"]!.AsArray().ShouldBeEmpty();
        foreach (var iso3 in (string[])["SWE", "NOR", "NOR", "DNK", "NOR"])
        {
            await Add(app, iso3);
        }
        var seen = await Pages(app.Lobbyist, "/v1/contacts?limit=2");
        seen.Select(c => c["memberState"]!.GetValue<string>()).ShouldBe(["DNK", "NOR", "NOR", "NOR", "SWE"]);
        seen.Select(c => c["id"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
        (await Pages(app.Lobbyist, "/v1/contacts?memberState=NOR&limit=1")).Count.ShouldBe(3);
        (await Pages(app.Lobbyist, "/v1/contacts?memberState=FIN")).ShouldBeEmpty();
        foreach (var wrong in (string[])["XX", "XXX", "SUN", ""])
        {
            using var answer = await app.Lobbyist.GetAsync($"/v1/contacts?memberState={wrong}");
            await answer.ShouldBeProblem(400, "memberState");
        }
    }

    [Test]
    public async Task Erasing_a_contact_erases_its_engagements_and_every_trace_of_them()
    {
        using var app = new App();
        var path = await Add(app);
        using var logged = await app.Lobbyist.PostAsJsonAsync(
            $"{path}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "Quokkaerased",
            }
        );
        logged.EnsureSuccessStatusCode();
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, path);
        ((int)erased.StatusCode).ShouldBe(204);
        using var engagements = await app.Lobbyist.GetAsync($"{path}/engagements");
        await engagements.ShouldBeProblem(404);
        using var another = await app.Lobbyist.PostAsJsonAsync(
            $"{path}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "x",
            }
        );
        await another.ShouldBeProblem(404);
        (await app.Lobbyist.GetJson("/v1/changes?limit=1000")).ToJsonString().ShouldNotContain("Quokkaerased");
    }

    [Test]
    public async Task Lobbyists_see_the_contact_of_a_stance_and_viewers_do_not()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        var contact = (await Add(app)).Split('/')[^1];
        var stance = $"/v1/resolutions/{draft}/stances/NOR";
        var before = (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString();
        using var unknown = await Record("nobody");
        await unknown.ShouldBeProblem(400, "contact");
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString().ShouldBe(before);
        using var recorded = await Record(contact);
        (await recorded.Json())["contact"]!.GetValue<string>().ShouldBe(contact);
        foreach (var path in (string[])[stance, $"{stance}/history", $"/v1/resolutions/{draft}/stances", "/v1/changes"])
        {
            var viewed = (await app.Viewer.GetJson(path)).ToJsonString();
            viewed.ShouldContain("changedBy");
            viewed.ShouldNotContain(contact, customMessage: path);
            viewed.ShouldNotContain("\"contact\"", customMessage: path);
            (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldContain(contact, customMessage: path);
        }
        // After the erasure other resources still have the id, which identifies no person.
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/contacts/{contact}");
        erased.EnsureSuccessStatusCode();
        (await app.Lobbyist.GetJson(stance))["contact"]!.GetValue<string>().ShouldBe(contact);

        Task<HttpResponseMessage> Record(string named) =>
            app.Lobbyist.Put(
                stance,
                new
                {
                    position = "yes",
                    certainty = "likely",
                    evidence = "call",
                    contact = named,
                }
            );
    }

    private static async Task<List<JsonNode>> Pages(HttpClient client, string path)
    {
        var items = new List<JsonNode>();
        string? next = path;
        while (next is not null)
        {
            using var answer = await client.GetAsync(next);
            items.AddRange((await answer.Json())["items"]!.AsArray()!);
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        return items;
    }
}
