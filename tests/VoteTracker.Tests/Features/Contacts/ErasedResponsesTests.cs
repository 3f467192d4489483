using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Database;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Contacts;

/// <summary>Stored responses to POST requests, after the contact that they show was erased or a day has passed.</summary>
[EveryEngine]
public sealed class ErasedResponsesTests
{
    private static readonly object Contact = new
    {
        memberState = "NOR",
        name = "Desk of the fifth floor",
        office = "mission",
    };

    private static readonly object Talk = new
    {
        kind = "call",
        on = "2026-11-20",
        summary = "They will vote yes",
    };

    [Test]
    public async Task After_an_erasure_the_same_POST_adds_a_new_contact()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        var path = first.Headers.Location!.ToString();
        await Erase(app, path);
        using var second = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        ((int)second.StatusCode).ShouldBe(201);
        second.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        second.Headers.Location!.ToString().ShouldNotBe(path);
    }

    [Test]
    public async Task After_an_erasure_the_response_to_an_engagement_is_deleted_too()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        var path = first.Headers.Location!.ToString();
        using var talk = await Post(app.Lobbyist, $"{path}/engagements", Talk, "b");
        ((int)talk.StatusCode).ShouldBe(201);
        await Erase(app, path);
        (await CountStored(app)).ShouldBe(0);
        using var again = await Post(app.Lobbyist, $"{path}/engagements", Talk, "b");
        await again.ShouldBeProblem(404);
    }

    [Test]
    public async Task An_erasure_does_not_delete_responses_without_the_contact()
    {
        using var app = new App();
        using var erased = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        using var other = await Post(app.Lobbyist, "/v1/contacts", Contact, "b");
        var id = await app.OpenDraft();
        var scenario = new { changes = new object[] { new { memberState = "NOR", position = "yes" } } };
        using var computed = await Post(app.Lobbyist, $"/v1/resolutions/{id}/scenarios", scenario, "c");
        computed.EnsureSuccessStatusCode();
        await Erase(app, erased.Headers.Location!.ToString());
        (await CountStored(app)).ShouldBe(2);
        using var replayed = await Post(app.Lobbyist, "/v1/contacts", Contact, "b");
        replayed.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
    }

    [Test]
    public async Task An_erasure_deletes_responses_with_an_unrecorded_contact()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        using var second = await Post(app.Lobbyist, "/v1/contacts", Contact, "b");
        // As the migration leaves the responses that were stored before it.
        Databases.Execute(app.Folder, "UPDATE kept_answer SET contact = '?'");
        await Erase(app, first.Headers.Location!.ToString());
        (await CountStored(app)).ShouldBe(0);
    }

    [Test]
    public async Task After_a_day_a_stored_response_is_deleted_without_another_request()
    {
        using var app = new App();
        using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
        first.EnsureSuccessStatusCode();
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while (await CountStored(app) > 0)
        {
            app.Clock.Advance(TimeSpan.FromHours(25));
            await Task.Delay(10, deadline.Token);
        }
    }

    [Test]
    public async Task A_start_deletes_the_stored_responses_of_the_day_before()
    {
        using var folder = new Process.Folder();
        using (var app = new App(folder: folder))
        {
            using var first = await Post(app.Lobbyist, "/v1/contacts", Contact, "a");
            first.EnsureSuccessStatusCode();
        }
        using var later = new App(TwoDaysLater(), folder: folder);
        (await CountStored(later)).ShouldBe(0);
    }

    private static Task<long> CountStored(App app) =>
        app.Services.GetRequiredService<Db>().Read(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM kept_answer"));

    private static FakeTimeProvider TwoDaysLater()
    {
        var clock = Clocks.NewYorkMorning();
        clock.Jump(TimeSpan.FromDays(2));
        return clock;
    }

    private static async Task Erase(App app, string path)
    {
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, path);
        ((int)erased.StatusCode).ShouldBe(204);
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string path, object body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key).ShouldBeTrue();
        return client.SendAsync(request);
    }
}
