using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>Links that are revoked or expired, and the count of uses.</summary>
[EveryEngine]
public sealed class EndedLinksTests
{
    [Test]
    public async Task A_revoked_link_is_a_404_at_every_address_and_its_open_streams_end()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var (link, other) = (await app.Share(id, "positions"), await app.Share(id, "positions"));
        using var client = app.Anonymous;
        using var listener = await Listen(client, link);
        using var otherListener = await Listen(client, other);
        await ShouldBeServed(client, link);
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        (await listener.Next()).Tally.Int("yes").ShouldBe(1);
        (await otherListener.Next()).Tally.Int("yes").ShouldBe(1);
        await app.Revoke(id, link);
        await ShouldEnd(listener);
        await ShouldBeGone(client, link);
        // The other link of the same resolution still works.
        await ShouldBeServed(client, other);
        await app.Lobbyist.RecordStance(id, "BRA", "yes");
        (await otherListener.Next()).Tally.Int("yes").ShouldBe(2);
        // A second revocation keeps the moment of the first.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Revoke(id, link);
        var listed = (await app.Coordinator.GetItems($"/v1/resolutions/{id}/share-links")).Single(l =>
            l!.Text("id") == link.Id
        )!;
        listed.Text("revokedAt").ShouldBe("2026-11-21T15:00:00Z");
    }

    [Test]
    public async Task A_link_that_expires_ends_as_a_revoked_one_does()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        // Between two heartbeats.
        var link = await app.Share(id, "positions", expiresAt: "2026-11-21T15:00:40Z");
        using var client = app.Anonymous;
        using var listener = await Listen(client, link);
        app.Clock.Advance(TimeSpan.FromSeconds(39));
        await ShouldBeServed(client, link);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await ShouldEnd(listener);
        await ShouldBeGone(client, link);
    }

    [Test]
    public async Task A_link_that_expires_later_than_its_stream_was_opened_ends_the_stream()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var link = await app.Share(id, expiresAt: "2026-11-21T15:10:07Z");
        using var listener = await Listen(app.Anonymous, link);
        for (var minute = 0; minute < 10; minute++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(30));
            await app.Lobbyist.RecordStance(id, "NOR", minute % 2 == 0 ? "yes" : "no");
            (await listener.Next()).Tally.Int("version").ShouldBe(minute + 2);
            app.Clock.Advance(TimeSpan.FromSeconds(30));
        }
        app.Clock.Advance(TimeSpan.FromSeconds(7));
        await ShouldEnd(listener);
    }

    [Test]
    public async Task The_links_of_a_deleted_resolution_end_and_its_id_does_not_revive_them()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var link = await app.Share(id);
        using var client = app.Anonymous;
        using var listener = await Listen(client, link);
        using var deleted = await app.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{id}");
        ((int)deleted.StatusCode).ShouldBe(204, await deleted.Content.ReadAsStringAsync());
        await ShouldEnd(listener);
        await ShouldBeGone(client, link);
        await app.OpenDraft();
        await ShouldBeGone(client, link);
        (await app.Coordinator.GetItems($"/v1/resolutions/{id}/share-links")).ShouldBeEmpty();
    }

    [Test]
    public async Task Uses_are_counted_in_memory_and_written_in_batches_and_at_the_end()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        try
        {
            string id;
            SharedLink link;
            using (var app = new App(folder: folder))
            {
                id = await app.OpenDraft();
                (link, var unused) = (await app.Share(id, "positions"), await app.Share(id));
                using var client = app.Anonymous;
                for (var i = 0; i < 5; i++)
                {
                    (await client.GetAsync(link.Path + "/tally")).EnsureSuccessStatusCode();
                }
                using var again = new HttpRequestMessage(HttpMethod.Get, link.Path + "/tally");
                again.Headers.TryAddWithoutValidation("If-None-Match", "*").ShouldBeTrue();
                (await client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
                app.Clock.Advance(TimeSpan.FromSeconds(3));
                (await client.GetAsync(link.Path)).EnsureSuccessStatusCode();
                Databases
                    .DumpContent(folder)
                    .Where(row => row.Contains(link.Id, StringComparison.Ordinal))
                    .ShouldHaveSingleItem();
                var used = await Listed(app, id, link);
                used.Int("uses").ShouldBe(7);
                used.Text("lastUsedAt").ShouldBe("2026-11-21T15:00:03Z");
                (await Listed(app, id, unused)).Int("uses").ShouldBe(0);
                (await client.GetAsync(link.Path + "/board.svg")).EnsureSuccessStatusCode();
                // A wrong secret is no use.
                using var wrong = await client.GetAsync(link.Path + "x/tally");
                wrong.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
            using var next = new App(folder: folder);
            (await Listed(next, id, link)).Int("uses").ShouldBe(8);
        }
        finally
        {
            Databases.Drop(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Listed(App app, string id, SharedLink link) =>
        (await app.Coordinator.GetItems($"/v1/resolutions/{id}/share-links")).Single(l => l!.Text("id") == link.Id)!;

    private static async Task<Listener> Listen(HttpClient client, SharedLink link)
    {
        var listener = await Listener.OpenPath(client, link.Path + "/stream");
        await listener.Next();
        return listener;
    }

    private static async Task ShouldEnd(Listener listener)
    {
        // The stream ends without a delay, because a new request gets a 404.
        await Should.NotThrowAsync(listener.End());
    }

    private static async Task ShouldBeServed(HttpClient client, SharedLink link)
    {
        foreach (var data in SharedLinks.Data.Append(""))
        {
            using var answer = await client.GetAsync(link.Path + data, HttpCompletionOption.ResponseHeadersRead);
            ((int)answer.StatusCode).ShouldBe(200, data);
        }
    }

    private static async Task ShouldBeGone(HttpClient client, SharedLink link)
    {
        foreach (var data in SharedLinks.Data.Append(""))
        {
            using var answer = await client.GetAsync(link.Path + data);
            ((int)answer.StatusCode).ShouldBe(404, data);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(link.Secret);
        }
    }
}
