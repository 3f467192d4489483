using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Endpoints.Idempotency;

[EveryEngine]
public sealed class RepeatedRequestsTests
{
    private static readonly object Contact = new
    {
        memberState = "NOR",
        name = "Desk of the fifth floor",
        office = "mission",
    };

    [Test]
    public async Task A_repetition_returns_the_first_response_and_writes_nothing()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        using var second = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (second.Headers.Location, second.ETag()).ShouldBe((first.Headers.Location, first.ETag()));
        second.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        (Replayed(first), Replayed(second)).ShouldBe((false, true));
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(1);
        using var other = await Post(app.Lobbyist, "/v1/contacts", Contact, "b");
        Replayed(other).ShouldBeFalse();
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(2);
    }

    [Test]
    public async Task The_same_key_with_another_body_or_address_is_a_422()
    {
        using var app = new App();
        using var first = await Post(app.Coordinator, "/v1/contacts", Contact, "a");
        first.EnsureSuccessStatusCode();
        var other = new
        {
            memberState = "SWE",
            name = "Desk",
            office = "mission",
        };
        using var otherBody = await Post(app.Coordinator, "/v1/contacts", other, "a");
        (await otherBody.ShouldBeProblem(422)).Text("type").ShouldBe("/problems/another-request");
        using var otherAddress = await Post(app.Coordinator, "/v1/resolutions", Contact, "a");
        await otherAddress.ShouldBeProblem(422);
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(1);
    }

    [Test]
    public async Task Of_many_concurrent_repetitions_one_writes_and_the_others_return_its_response_or_a_409()
    {
        using var app = new App();
        using var client = app.Lobbyist;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Post(client, "/v1/contacts", Contact, "same"))
        );
        answers.Count(a => a.StatusCode == HttpStatusCode.Created && !Replayed(a)).ShouldBe(1);
        foreach (var answer in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            (await answer.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/still-running");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(1);
    }

    [OnlyPostgres]
    [Test]
    public async Task Another_replica_returns_the_stored_response()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        first.EnsureSuccessStatusCode();
        using var replica = new App(app.Clock, folder: app.Folder);
        using var client = replica.CreateClient();
        client.DefaultRequestHeaders.Authorization = app.Lobbyist.DefaultRequestHeaders.Authorization;
        using var second = await Post(client, "/v1/contacts", Contact, "a");
        Replayed(second).ShouldBeTrue();
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task After_a_day_the_key_can_be_used_again()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        using var inTime = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        Replayed(inTime).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        (late.StatusCode, Replayed(late)).ShouldBe((HttpStatusCode.Created, false));
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(2);
        (await ListStored(app)).Count.ShouldBe(1, "the expired response is deleted");
    }

    [Test]
    public async Task A_rejected_request_is_not_stored_and_can_be_sent_again_corrected()
    {
        using var app = new App();
        using var wrong = await Post(app.Lobbyist, "/v1/contacts", new { memberState = "NOR" }, "a");
        await wrong.ShouldBeProblem(400);
        using var corrected = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        corrected.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ListStored(app)).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_write_is_rolled_back_if_its_response_cannot_be_stored()
    {
        using var app = new App();
        // The clock does not advance, so storing a second response violates the index.
        await app
            .Services.GetRequiredService<Db>()
            .Write(w => w.Connection.ExecuteAsync("CREATE UNIQUE INDEX unique_moment ON kept_answer (kept_at)"));
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var second = await Post(app.Lobbyist, "/v1/contacts", Contact, "b");
        ((int)second.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(1, "the second write was rolled back");
    }

    [Test]
    public async Task The_same_key_of_two_callers_is_two_keys()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        using var second = await Post(app.Coordinator, "/v1/contacts", Contact, "a");
        Replayed(second).ShouldBeFalse();
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(2);
    }

    [Test]
    public async Task A_stored_response_is_encrypted_with_the_keys_of_its_request()
    {
        using var app = new App();
        using var made = await Post(
            app.Admin,
            "/v1/api-keys",
            new { label = "Team", role = "viewer" },
            "idempotency-a"
        );
        var key = (await made.Json()).Text("key")!;
        using var contact = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        using var again = await Post(
            app.Admin,
            "/v1/api-keys",
            new { label = "Team", role = "viewer" },
            "idempotency-a"
        );
        (await again.Json()).Text("key").ShouldBe(key);
        var stored = await ListStored(app);
        stored.Count.ShouldBe(2);
        foreach (var row in stored)
        {
            row.ShouldNotContain(key);
            row.ShouldNotContain("fifth floor");
            row.ShouldNotContain("idempotency-a");
            row.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("fifth floor"))[..8]);
        }
    }

    [Test]
    public async Task The_response_of_a_POST_that_writes_nothing_is_stored_too()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var scenario = new { changes = new object[] { new { memberState = "NOR", position = "yes" } } };
        using var first = await Post(app.Viewer, $"/v1/resolutions/{id}/scenarios", scenario, "a");
        await app.Lobbyist.RecordStance(id, "ZAF", "yes");
        using var second = await Post(app.Viewer, $"/v1/resolutions/{id}/scenarios", scenario, "a");
        Replayed(second).ShouldBeTrue();
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task A_dry_run_of_an_import_and_the_import_are_two_requests()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        const string csv = "iso3,position,certainty,evidence\nNOR,yes,confirmed,call\n";
        using var dryRun = await Csv(app, $"/v1/resolutions/{id}/stances/import?dryRun=true", csv, "a");
        dryRun.StatusCode.ShouldBe(HttpStatusCode.OK, await dryRun.Content.ReadAsStringAsync());
        using var mixed = await Csv(app, $"/v1/resolutions/{id}/stances/import", csv, "a");
        await mixed.ShouldBeProblem(422);
        using var imported = await Csv(app, $"/v1/resolutions/{id}/stances/import", csv, "b");
        using var again = await Csv(app, $"/v1/resolutions/{id}/stances/import", csv, "b");
        Replayed(again).ShouldBeTrue();
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/stances/NOR/history")).Items().Count.ShouldBe(1);
    }

    [TestCase("a\tb")]
    [TestCase("256")]
    public async Task An_invalid_key_is_a_400(string key)
    {
        using var app = new App();
        using var answer = await Post(app.Lobbyist, "/v1/contacts", Contact, key == "256" ? new string('a', 256) : key);
        await answer.ShouldBeProblem(400, "Idempotency-Key");
    }

    [Test]
    public async Task A_body_that_is_too_large_is_a_413_with_a_key_too()
    {
        using var app = new App();
        var large = new
        {
            memberState = "NOR",
            name = new string('x', 2_000_000),
            office = "mission",
        };
        using var answer = await Post(app.Lobbyist, "/v1/contacts", large, "a");
        await answer.ShouldBeProblem(413);
    }

    private static bool Replayed(HttpResponseMessage answer) => answer.Headers.Contains("Idempotency-Replayed");

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, object body, string key) =>
        Send(client, path, JsonContent.Create(body), key);

    private static Task<HttpResponseMessage> Csv(App app, string path, string csv, string key) =>
        Send(app.Coordinator, path, new StringContent(csv, Encoding.UTF8, "text/csv"), key);

    private static Task<HttpResponseMessage> Send(HttpClient client, string path, HttpContent content, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key).ShouldBeTrue();
        return client.SendAsync(request);
    }

    private static async Task<List<string>> ListStored(App app) =>
        [
            .. await app
                .Services.GetRequiredService<Db>()
                .Read(c =>
                    c.QueryAsync<string>("SELECT key_hash || ' ' || fingerprint || ' ' || answer FROM kept_answer")
                ),
        ];
}
