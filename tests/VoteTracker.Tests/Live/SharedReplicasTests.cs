using System.Net;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Sharing;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Live;

/// <summary>A link that is revoked at one replica ends at the other at once.</summary>
[OnlyPostgres]
public sealed class SharedReplicasTests
{
    [Test]
    public async Task A_revocation_at_one_replica_ends_the_streams_and_addresses_of_the_other_at_once()
    {
        using var one = new App(hasOtherWriters: true);
        using var other = new App(folder: one.Folder, hasOtherWriters: true);
        var id = await one.OpenDraft();
        var link = await one.Share(id, "positions");
        using var client = other.Anonymous;
        using var listener = await Listener.OpenPath(client, link.Path + "/stream");
        await listener.Next();
        // Once this has arrived, the other replica receives what is revoked.
        using var lobbyist = one.Lobbyist;
        await lobbyist.RecordStance(id, "NOR", "yes");
        await listener.Next();
        (await client.GetAsync(link.Path + "/tally")).EnsureSuccessStatusCode();
        await one.Revoke(id, link);
        // The clock did not advance, so neither a cache has expired nor a heartbeat was sent.
        await listener.End();
        foreach (var data in SharedLinks.Data.Append(""))
        {
            using var gone = await client.GetAsync(link.Path + data);
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound, data);
        }
    }

    [Test]
    public async Task A_replica_that_hears_nothing_notices_a_revocation_within_a_second()
    {
        using var one = new App();
        using var deaf = new App(folder: one.Folder);
        var id = await one.OpenDraft();
        var link = await one.Share(id);
        using var client = deaf.Anonymous;
        using var listener = await Listener.OpenPath(client, link.Path + "/stream");
        await listener.Next();
        await one.Revoke(id, link);
        deaf.Clock.Advance(TimeSpan.FromMilliseconds(1_001));
        using var gone = await client.GetAsync(link.Path + "/tally");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // The stream ends with the next heartbeat.
        deaf.Clock.Advance(TimeSpan.FromSeconds(15));
        await listener.End();
    }

    [Test]
    public async Task The_uses_at_two_replicas_add_up()
    {
        using var one = new App();
        using var other = new App(folder: one.Folder);
        var id = await one.OpenDraft();
        var link = await one.Share(id);
        foreach (var app in (App[])[one, other, other])
        {
            (await app.Anonymous.GetAsync(link.Path + "/tally")).EnsureSuccessStatusCode();
        }
        await other.Coordinator.GetItems($"/v1/resolutions/{id}/share-links");
        (await one.Coordinator.GetItems($"/v1/resolutions/{id}/share-links"))[0].Int("uses").ShouldBe(3);
    }
}
