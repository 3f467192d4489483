using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.ApiKeys;

/// <summary>A key's holder: who am I, and a new key for the same label.</summary>
[EveryEngine]
public sealed class RotateApiKeyTests
{
    [Test]
    public async Task The_caller_sees_its_own_key()
    {
        using var app = new App();
        var made = await Make(
            app,
            new
            {
                label = "Zoe",
                role = "viewer",
                expiresAt = "2026-12-01T09:00:00Z",
            }
        );
        (await app.WithKey(made.Text("key")!).GetJson("/v1/me"))
            .ToJsonString()
            .ShouldBe("""{"label":"Zoe","role":"viewer","expiresAt":"2026-12-01T09:00:00Z","resolutions":null}""");
        (await app.Admin.GetJson("/v1/me"))
            .ToJsonString()
            .ShouldBe("""{"label":"admin key of the settings","role":"admin","expiresAt":null,"resolutions":null}""");
        using var nobody = await app.Anonymous.GetAsync("/v1/me");
        await nobody.ShouldBeProblem(401);
    }

    [TestCase(null, 60)]
    [TestCase(0, 0)]
    [TestCase(10_080, 10_080)]
    public async Task The_new_key_has_the_same_holder_and_the_old_one_ends(int? graceMinutes, int lasts)
    {
        using var app = new App();
        var old = await Make(
            app,
            new
            {
                label = "Zoe",
                role = "lobbyist",
                expiresAt = "2027-12-01T09:00:00Z",
            }
        );
        var path = $"/v1/api-keys/{old.Text("id")}/rotate";
        using var answer = await app.Admin.PostAsJsonAsync(path, new { graceMinutes });
        var made = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, made.ToJsonString());
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (made.Text("label"), made.Text("role"), made.Text("expiresAt")).ShouldBe(
            ("Zoe", "lobbyist", "2027-12-01T09:00:00Z")
        );
        made.Text("key").ShouldNotBe(old.Text("key"));
        (await Status(made)).ShouldBe(HttpStatusCode.OK);
        (await Status(old)).ShouldBe(lasts == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        if (lasts > 0)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(lasts) - TimeSpan.FromSeconds(2));
            (await Status(old)).ShouldBe(HttpStatusCode.OK);
            app.Clock.Advance(TimeSpan.FromSeconds(2));
            (await Status(old)).ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await Status(made)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> Status(JsonNode key)
        {
            using var client = app.WithKey(key.Text("key")!);
            using var me = await client.GetAsync("/v1/me");
            return me.StatusCode;
        }
    }

    [Test]
    public async Task A_key_is_replaced_without_a_body()
    {
        using var app = new App();
        var old = await Make(app, new { label = "Zoe", role = "viewer" });
        var path = $"/v1/api-keys/{old.Text("id")}/rotate";
        using var text = new StringContent("x");
        using var refused = await app.Admin.PostAsync(path, text);
        await refused.ShouldBeProblem(415);
        using var answer = await app.Admin.PostAsync(path, content: null);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        (await answer.Json()).Text("label").ShouldBe("Zoe");
    }

    [Test]
    public async Task A_grace_never_makes_the_old_key_last_longer()
    {
        using var app = new App();
        var old = await Make(
            app,
            new
            {
                label = "Zoe",
                role = "viewer",
                expiresAt = "2026-11-21T15:10:00Z",
            }
        );
        using var answer = await app.Admin.PostAsJsonAsync($"/v1/api-keys/{old.Text("id")}/rotate", new { });
        ((int)answer.StatusCode).ShouldBe(201);
        (await app.Admin.GetItems("/v1/api-keys")).ShouldAllBe(key => key.Text("expiresAt") == "2026-11-21T15:10:00Z");
    }

    [Test]
    public async Task A_key_is_replaced_once_and_only_while_it_is_valid()
    {
        using var app = new App();
        var old = await Make(app, new { label = "Zoe", role = "viewer" });
        var path = $"/v1/api-keys/{old.Text("id")}/rotate";
        using var first = await app.Admin.PostAsJsonAsync(path, new { });
        var made = await first.Json();
        using var twice = await app.Admin.PostAsJsonAsync(path, new { });
        (await twice.ShouldBeProblem(409)).Text("detail")!.ShouldContain(made.Text("id")!);
        app.Clock.Advance(TimeSpan.FromHours(2));
        using var expired = await app.Admin.PostAsJsonAsync(path, new { });
        (await expired.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/key-not-valid");
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{made.Text("id")}");
        using var late = await app.Admin.PostAsJsonAsync($"/v1/api-keys/{made.Text("id")}/rotate", new { });
        (await late.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/key-not-valid");
        using var unknown = await app.Admin.PostAsJsonAsync("/v1/api-keys/abcdefghijkl/rotate", new { });
        await unknown.ShouldBeProblem(404);
        using var taken = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "Zoe", role = "viewer" });
        await taken.ShouldBeProblem(409);
        (await app.Admin.GetItems("/v1/api-keys")).Count.ShouldBe(2);
    }

    [TestCase(-1)]
    [TestCase(10_081)]
    [TestCase(1.5)]
    [TestCase("soon")]
    public async Task A_wrong_grace_is_rejected_and_the_key_stays_as_it_is(object graceMinutes)
    {
        using var app = new App();
        var old = await Make(app, new { label = "Zoe", role = "viewer" });
        using var answer = await app.Admin.PostAsJsonAsync(
            $"/v1/api-keys/{old.Text("id")}/rotate",
            new { graceMinutes }
        );
        await answer.ShouldBeProblem(400, "graceMinutes");
        (await app.Admin.GetItems("/v1/api-keys"))
            .ShouldHaveSingleItem()
            .Text("expiresAt")
            .ShouldBe(old.Text("expiresAt"));
    }

    [Test]
    public async Task The_holder_of_a_replaced_key_keeps_its_tasks()
    {
        using var app = new App();
        var old = await Make(app, new { label = "Zoe", role = "lobbyist" });
        using var added = await app.WithKey(old.Text("key")!)
            .PostAsJsonAsync("/v1/tasks", new { what = "Call", assignee = "me" });
        ((int)added.StatusCode).ShouldBe(201);
        using var rotated = await app.Admin.PostAsJsonAsync(
            $"/v1/api-keys/{old.Text("id")}/rotate",
            new { graceMinutes = 0 }
        );
        using var zoe = app.WithKey((await rotated.Json()).Text("key")!);
        (await zoe.GetItems("/v1/tasks?assignee=me")).ShouldHaveSingleItem();
        using var assigned = await app.Lobbyist.PostAsJsonAsync("/v1/tasks", new { what = "Call", assignee = "Zoe" });
        ((int)assigned.StatusCode).ShouldBe(201);
    }

    private static async Task<JsonNode> Make(App app, object body)
    {
        using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json;
    }
}
