using System.Net.Http.Json;
using VoteTracker.Tests.Database;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Security;

/// <summary>A request has at most one key, which is valid until it expires or is revoked.</summary>
[EveryEngine]
public sealed class KeysTests
{
    [Test]
    public async Task A_wrong_key_is_rejected_at_public_addresses_too()
    {
        using var app = new App(settings: LogsEverything);
        foreach (
            var authorization in (string[])
                [
                    "Bearer",
                    "Bearer ",
                    "Bearer vt_short",
                    "Bearer vt_0123456789012345678901234567890123456789012",
                    "Bearer vt_012345678901234567890123456789012345678901!",
                    "Bearer xx_0123456789012345678901234567890123456789012",
                    "Basic dnRfdGhlLWFkbWluOmtleQ==",
                    "Basic " + App.AdminKey,
                    App.AdminKey,
                    "Bearer " + App.AdminKey + "x",
                    "Bearer " + App.AdminKey + ", Bearer " + App.AdminKey,
                    "Bearer " + App.AdminKey + " " + App.AdminKey,
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Public);
            request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
            using var answer = await app.Anonymous.SendAsync(request);
            var problem = await answer.ShouldBeProblem(401);
            problem["type"]!.GetValue<string>().ShouldBe("/problems/invalid-key", authorization);
            answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
            problem.ToJsonString().ShouldNotContain(App.AdminKey);
        }
        app.Log.ShouldContain(line => line.Contains(Public, StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(App.AdminKey, StringComparison.Ordinal));
    }

    [Test]
    public async Task Two_keys_in_one_request_are_rejected_even_if_both_are_valid()
    {
        using var app = new App();
        var answer = await app.Server.SendAsync(http =>
        {
            http.Request.Path = Public;
            http.Request.Headers.Authorization = new([$"Bearer {App.AdminKey}", $"Bearer {App.AdminKey}"]);
        });
        answer.Response.StatusCode.ShouldBe(401);
    }

    [Test]
    public async Task The_case_of_the_scheme_does_not_matter_and_a_valid_key_reads_public_data()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, Public);
        request.Headers.TryAddWithoutValidation("Authorization", "bearer " + App.AdminKey).ShouldBeTrue();
        using var answer = await app.Anonymous.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    [Test]
    public async Task A_key_expires_at_its_moment()
    {
        using var app = new App();
        var expiresAt = app.Clock.GetUtcNow().AddHours(1);
        var key = await NewKey(
            app,
            new
            {
                label = "an hour",
                role = "viewer",
                expiresAt,
            }
        );
        using var client = app.WithKey(key);
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var expired = await client.GetAsync(Public);
        await expired.ShouldBeProblem(401);
        using var write = await client.Put("/v1/resolutions/es-10-27/stances/NOR", new { });
        await write.ShouldBeProblem(401);
    }

    [Test]
    public async Task A_revoked_key_is_rejected_at_once_even_if_it_was_cached()
    {
        using var app = new App();
        using var made = await app.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "gone", role = "lobbyist" });
        var json = await made.Json();
        using var client = app.WithKey(json["key"]!.GetValue<string>());
        for (var i = 0; i < 3; i++)
        {
            (await client.GetAsync("/v1/contacts")).EnsureSuccessStatusCode();
        }
        var path = $"/v1/api-keys/{json["id"]}";
        using var revoked = await app.Admin.Send(HttpMethod.Delete, path, ifMatch: null);
        ((int)revoked.StatusCode).ShouldBe(204);
        using var contacts = await client.GetAsync("/v1/contacts");
        await contacts.ShouldBeProblem(401);
        using var tally = await client.GetAsync(Public);
        await tally.ShouldBeProblem(401);
    }

    [Test]
    public async Task Of_many_concurrent_requests_with_a_key_one_records_its_use_and_no_other_waits()
    {
        using var app = new App();
        using var client = app.Viewer;
        (await client.GetAsync(Public)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var writer = await HeldWriter.Hold(app);
        var answers = Enumerable.Range(0, 200).Select(_ => Task.Run(() => client.GetAsync(Public))).ToList();
        while (answers.Count > 1)
        {
            var answer = await Task.WhenAny(answers).WaitAsync(Hang.Limit);
            answers.Remove(answer).ShouldBeTrue();
            (await answer).EnsureSuccessStatusCode();
        }
        await writer.WaitForQueued(1);
        await writer.Release();
        (await answers.Single()).EnsureSuccessStatusCode();
        var keys = await app.Admin.GetJson("/v1/api-keys");
        keys["items"]![0]!["lastUsedAt"]!.GetValue<DateTimeOffset>().ShouldBe(app.Clock.GetUtcNow());
    }
}
