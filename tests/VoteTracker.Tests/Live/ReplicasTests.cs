using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Features.Imports;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Live;

/// <summary>Two replicas on one PostgreSQL database: each serves and publishes the commits of the other.</summary>
[OnlyPostgres]
public sealed class ReplicasTests
{
    [Test]
    public async Task A_commit_of_one_replica_updates_the_tally_and_notifies_the_listeners_of_the_other()
    {
        using var one = new App(hasOtherWriters: true);
        using var other = new App(folder: one.Folder, hasOtherWriters: true);
        var id = await one.OpenDraft(new { visibility = "tally" });
        using var reader = other.Anonymous;
        (await reader.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1);
        using var listener = await Listener.Open(reader, id);
        (await listener.Next()).Tally.Int("version").ShouldBe(1);
        await one.Admin.RecordStance(id, "ZAF", "yes");
        // The clock did not advance, so this came from a notification, not from polling.
        var received = await listener.Next();
        (received.Tally.Int("version"), received.Tally.Int("yes")).ShouldBe((2, 1));
        (await reader.GetJson($"/v1/resolutions/{id}/tally")).Int("yes").ShouldBe(1);
    }

    [Test]
    public async Task A_client_that_has_seen_a_newer_version_at_another_replica_gets_that_version()
    {
        using var one = new App();
        using var deaf = new App(folder: one.Folder);
        var id = await one.OpenDraft(new { visibility = "tally" });
        using var reader = deaf.Anonymous;
        (await reader.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1);
        await one.Admin.RecordStance(id, "ZAF", "yes");
        (await reader.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1, "it hears nothing");

        using var known = await reader.Send(
            HttpMethod.Get,
            $"/v1/resolutions/{id}/tally",
            ifMatch: null,
            ifNoneMatch: "\"2\""
        );
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        await one.Admin.RecordStance(id, "BRA", "yes");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/resolutions/{id}/breakdown");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"3\"");
        using var breakdown = await reader.SendAsync(request);
        breakdown.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        await one.Admin.RecordStance(id, "KEN", "no");
        using var listener = await Listener.Open(reader, id, lastEventId: "4");
        (await reader.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(4);
        // A version that does not exist delays no request.
        using var nowhere = await reader.Send(
            HttpMethod.Get,
            $"/v1/resolutions/{id}/tally",
            ifMatch: null,
            ifNoneMatch: "\"999\""
        );
        (await nowhere.Json()).Int("version").ShouldBe(4);
    }

    [Test]
    public async Task A_key_that_is_revoked_on_one_replica_is_rejected_by_the_other_within_a_second()
    {
        using var one = new App();
        using var other = new App(folder: one.Folder);
        using var made = await one.Admin.PostAsJsonAsync("/v1/api-keys", new { label = "x", role = "viewer" });
        var key = await made.Json();
        using var client = other.WithKey(key.Text("key")!);
        (await client.GetAsync("/v1/changes")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.Admin.DeleteAsync($"/v1/api-keys/{key.Text("id")}")).EnsureSuccessStatusCode();
        other.Clock.Advance(TimeSpan.FromMilliseconds(1_001));
        (await client.GetAsync("/v1/changes")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_replica_polls_while_notifications_are_lost_and_reconnects()
    {
        using var one = new App();
        using var other = new App(folder: one.Folder, hasOtherWriters: true);
        var id = await one.OpenDraft(new { visibility = "tally" });
        using var reader = other.Anonymous;
        var path = $"/v1/resolutions/{id}/tally";
        await Until(async () => !await HasAge(reader, path));
        // The pool has more than one connection, as in a service in use.
        using var keyed = other.WithKey(App.AdminKey);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => keyed.GetJson("/v1/resolutions?limit=1000")));
        var database = Databases.NameOf(one.Folder);
        PostgresServer.OfThisRun.Execute($"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        PostgresServer.OfThisRun.Execute(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'LISTEN%'"
        );
        await Until(() => HasAge(reader, path));
        await one.Admin.RecordStance(id, "ZAF", "yes");
        (await reader.GetJson(path)).Int("version").ShouldBe(1);
        await Until(async () =>
        {
            other.Clock.Advance(TimeSpan.FromSeconds(1));
            // Nothing can be counted without a pooled connection.
            using var answer = await reader.GetAsync(path);
            return answer.StatusCode == HttpStatusCode.OK && (await answer.Json()).Int("version") == 2;
        });
        PostgresServer.OfThisRun.Execute($"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
        await Until(async () => !await HasAge(reader, path));
        await one.Admin.RecordStance(id, "BRA", "yes");
        await Until(async () => (await reader.GetJson(path)).Int("version") == 3);
    }

    [Test]
    public async Task An_import_runs_on_one_replica_and_a_second_replica_that_starts_does_not_interrupt_it()
    {
        using var one = new App();
        var imports = one.Services.GetRequiredService<RunningImports>();
        (await imports.TryAcquire()).ShouldBeTrue();
        Databases.Execute(
            one.Folder,
            """
            INSERT INTO import (id, strict, status, begun_at, begun_by, bytes)
            VALUES ('abc', FALSE, 'running', '2026-11-20T15:00:00.000000Z', 'coordinator', 7)
            """
        );
        using (var other = new App(folder: one.Folder))
        {
            (await other.Coordinator.GetJson("/v1/imports/abc")).Text("status").ShouldBe("running");
            (await other.Services.GetRequiredService<RunningImports>().TryAcquire()).ShouldBeFalse();
        }
        await imports.Release();
        using var later = new App(folder: one.Folder);
        (await later.Coordinator.GetJson("/v1/imports/abc")).Text("status").ShouldBe("interrupted");
        (await later.Services.GetRequiredService<RunningImports>().TryAcquire()).ShouldBeTrue();
        await later.Services.GetRequiredService<RunningImports>().Release();
    }

    private static async Task<bool> HasAge(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer.Headers.Age is not null;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!await holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
