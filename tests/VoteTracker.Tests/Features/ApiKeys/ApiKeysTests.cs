using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Features.ApiKeys;

[EveryEngine]
public sealed partial class ApiKeysTests
{
    [Test]
    public async Task A_key_is_256_random_bits_shown_once()
    {
        using var app = new App();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in (string[])["viewer", "lobbyist", "coordinator", "admin"])
        {
            using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = $"Desk {role}", role });
            var made = await answer.Json();
            ((int)answer.StatusCode).ShouldBe(201);
            var key = made["key"]!.GetValue<string>();
            KeyText().IsMatch(key).ShouldBeTrue(key);
            keys.Add(key).ShouldBeTrue();
            made["label"]!.GetValue<string>().ShouldBe($"Desk {role}");
            made["role"]!.GetValue<string>().ShouldBe(role);
            made.Text("expiresAt").ShouldBe("2027-11-21T15:00:00Z", "the setting KeyDays");
            made["resolutions"].ShouldBeNull();
            made["createdAt"]!.GetValue<string>().ShouldBe("2026-11-21T15:00:00Z");
            answer.Headers.Location!.ToString().ShouldBe("/v1/api-keys");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
        var listed = (await app.Admin.GetJson("/v1/api-keys"))["items"]!.AsArray();
        listed.Count.ShouldBe(4);
        foreach (var item in listed)
        {
            item!.AsObject().ContainsKey("key").ShouldBeFalse();
            item.ToJsonString().ShouldNotContain("vt_");
            item.ToJsonString().ShouldNotContain("hash");
        }
    }

    [Test]
    public async Task The_list_has_the_label_the_expiry_and_the_last_use_of_each_key()
    {
        using var app = new App();
        var made = await Make(
            app,
            new
            {
                label = "Desk",
                role = "viewer",
                expiresAt = "2026-12-01T09:00:00+01:00",
            }
        );
        (await Only(app))["lastUsedAt"].ShouldBeNull();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await app.WithKey(made["key"]!.GetValue<string>()).GetAsync("/v1/changes")).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await app.WithKey(made["key"]!.GetValue<string>()).GetAsync("/v1/changes")).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{made["id"]}");
        ((int)revoked.StatusCode).ShouldBe(204);
        var info = await Only(app);
        info.AsObject()
            .Select(p => $"{p.Key}: {p.Value}")
            .ShouldBe([
                $"id: {made["id"]}",
                "label: Desk",
                "role: viewer",
                "createdAt: 2026-11-21T15:00:00Z",
                "createdBy: admin key of the settings",
                "expiresAt: 2026-12-01T08:00:00Z",
                "revokedAt: 2026-11-21T15:25:00Z",
                "lastUsedAt: 2026-11-21T15:15:00Z",
                "resolutions: ",
                "isPerson: false",
            ]);
    }

    [Test]
    public async Task Revoking_twice_keeps_the_first_moment_and_an_unknown_key_is_a_404()
    {
        using var app = new App();
        var made = await Make(app, new { label = "Desk", role = "viewer" });
        (await app.Admin.DeleteAsync($"/v1/api-keys/{made["id"]}")).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await app.Admin.DeleteAsync($"/v1/api-keys/{made["id"]}")).EnsureSuccessStatusCode();
        (await Only(app))["revokedAt"]!.GetValue<string>().ShouldBe("2026-11-21T15:00:00Z");
        using var nobody = await app.Admin.DeleteAsync("/v1/api-keys/nobody");
        await nobody.ShouldBeProblem(404);
    }

    [Test]
    public async Task Keys_are_listed_in_pages_each_once()
    {
        using var app = new App();
        for (var i = 0; i < 5; i++)
        {
            await Make(app, new { label = $"key {i}", role = "viewer" });
        }
        var seen = new List<string>();
        string? next = "/v1/api-keys?limit=2";
        var pages = 0;
        while (next is not null)
        {
            using var answer = await app.Admin.GetAsync(next);
            seen.AddRange((await answer.Json())["items"]!.AsArray().Select(k => k!["label"]!.GetValue<string>()));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
            pages++;
        }
        pages.ShouldBe(3);
        seen.Order(StringComparer.Ordinal).ShouldBe(["key 0", "key 1", "key 2", "key 3", "key 4"]);
    }

    [Test]
    public async Task A_400_names_everything_that_is_wrong_with_a_new_key()
    {
        using var app = new App();
        await Refused(new { }, "label", "role");
        await Refused(new { label = "", role = "anonymous" }, "label", "role");
        await Refused(new { label = new string('x', 65), role = 4 }, "label", "role");
        await Refused(
            new
            {
                label = "\0",
                role = "Admin",
                expiresAt = "2026-12-01",
            },
            "label",
            "role",
            "expiresAt"
        );
        await Refused(
            new
            {
                label = "past",
                role = "viewer",
                expiresAt = "2026-11-21T15:00:00Z",
            },
            "expiresAt"
        );
        await Refused(
            new
            {
                label = "number",
                role = "viewer",
                expiresAt = 1_900_000_000,
            },
            "expiresAt"
        );
        (await app.Admin.GetJson("/v1/api-keys"))["items"]!.AsArray().ShouldBeEmpty();

        async Task Refused(object body, params string[] fields)
        {
            using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
            var problem = await answer.ShouldBeProblem(400, fields);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
        }
    }

    [Test]
    public async Task A_label_is_given_to_one_key_in_any_case_valid_or_revoked()
    {
        using var app = new App();
        var first = await Make(app, new { label = " Élan's team ", role = "viewer" });
        first["label"]!.GetValue<string>().ShouldBe("Élan's team");
        await Taken("Élan's team");
        await Taken("ÉLAN'S TEAM");
        await Taken("Élan's  team ");
        (await app.Admin.DeleteAsync($"/v1/api-keys/{first["id"]}")).EnsureSuccessStatusCode();
        await Taken("élan's team");
        await Make(app, new { label = "Élan's team 2", role = "viewer" });

        async Task Taken(string label)
        {
            using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label, role = "admin" });
            var problem = await answer.ShouldBeProblem(409);
            problem["type"]!.GetValue<string>().ShouldBe("/problems/label-taken");
        }
    }

    [Test]
    public async Task Of_many_requests_at_once_for_one_label_one_gets_it()
    {
        using var app = new App();
        using var admin = app.Admin;
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    admin.PostAsJsonAsync("/v1/api-keys", new { label = i % 2 == 0 ? "Desk" : "DESK", role = "viewer" })
                )
        );
        answers.Count(a => (int)a.StatusCode == 201).ShouldBe(1);
        answers.Count(a => (int)a.StatusCode == 409).ShouldBe(19);
    }

    [AnyEngine]
    [TestCase("me", "reserved")]
    [TestCase("Record", "reserved")]
    [TestCase("Service", "reserved")]
    [TestCase(" admin KEY of the settings", "reserved")]
    [TestCase("desk\u202Ekoobecaf", "U+202E")]
    [TestCase("desk\nrecord", "U+000A")]
    [TestCase("de\u200Bsk", "U+200B")]
    [TestCase("desk\u00A0two", "U+00A0")]
    [TestCase("E\u0301lan's team", "U+0301")]
    [TestCase("<b>desk</b>", "'<'")]
    [TestCase("   ", "empty")]
    public async Task A_label_that_can_be_mistaken_for_another_is_a_400(string label, string said)
    {
        using var app = new App();
        using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label, role = "viewer" });
        var problem = await answer.ShouldBeProblem(400, "label");
        problem["errors"]!["label"]!.ToJsonString().ShouldContain(System.Text.Json.JsonEncodedText.Encode(said).Value);
    }

    [Test]
    public async Task A_label_of_an_older_release_stays_valid_and_taken()
    {
        using var app = new App();
        var made = await Make(app, new { label = "Desk", role = "viewer" });
        Databases.Execute(app.Folder, "UPDATE api_key SET label = 'Desk; old <style>'");
        using var viewer = app.WithKey(made["key"]!.GetValue<string>());
        (await viewer.GetAsync("/v1/changes")).EnsureSuccessStatusCode();
        (await Only(app))["label"]!.GetValue<string>().ShouldBe("Desk; old <style>");
    }

    [GeneratedRegex("^vt_[A-Za-z0-9_-]{43}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();

    private static async Task<JsonNode> Make(App app, object body)
    {
        using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }

    private static async Task<JsonNode> Only(App app) =>
        (await app.Admin.GetJson("/v1/api-keys"))["items"]!.AsArray().Single()!;
}
