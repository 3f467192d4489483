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
            using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "Desk", role });
            var made = await answer.Json();
            ((int)answer.StatusCode).ShouldBe(201);
            var key = made["key"]!.GetValue<string>();
            KeyText().IsMatch(key).ShouldBeTrue(key);
            keys.Add(key).ShouldBeTrue();
            made["label"]!.GetValue<string>().ShouldBe("Desk");
            made["role"]!.GetValue<string>().ShouldBe(role);
            made["expiresAt"].ShouldBeNull();
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
    public async Task The_list_says_whose_a_key_is_until_when_it_is_good_and_when_it_was_used()
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
            ]);
    }

    [Test]
    public async Task Revoking_twice_keeps_the_first_moment_and_nobodys_key_is_a_404()
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
        await Refused(new { label = new string('x', 101), role = 4 }, "label", "role");
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
