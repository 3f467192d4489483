using System.Net;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Features.Undo;

/// <summary>Two replicas on one PostgreSQL database: the deletion by one ends the resolution at the other.</summary>
[OnlyPostgres]
public sealed class DeletedOnReplicaTests
{
    [Test]
    public async Task A_resolution_that_one_replica_deletes_and_opens_again_is_the_new_one_at_the_other()
    {
        using var one = new App(hasOtherWriters: true);
        using var other = new App(folder: one.Folder, hasOtherWriters: true);
        var id = await one.OpenDraft(new { visibility = "tally" });
        var path = $"/v1/resolutions/{id}/tally";
        using var reader = other.Anonymous;
        (await reader.GetJson(path)).Int("version").ShouldBe(1);
        using var stream = new StreamReader(await reader.GetStreamAsync($"{path}/stream"));
        using var limit = new CancellationTokenSource(Hang.Limit);
        using var deleted = await one.Coordinator.Send(HttpMethod.Delete, $"/v1/resolutions/{id}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // It ends when the other replica knows.
        await stream.ReadToEndAsync(limit.Token);
        using var gone = await reader.GetAsync(path);
        await gone.ShouldBeProblem(404);

        await one.OpenDraft(new { visibility = "tally", title = "Another" });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"1\"");
        using var answer = await reader.SendAsync(request);
        (await answer.Done()).Int("version").ShouldBe(3);
        using var listener = await Listener.Open(reader, id);
        (await listener.Next()).Id.ShouldBe("3");
        await one.Lobbyist.RecordStance(id, "ZAF", "yes");
        (await listener.Next()).Tally.Int("yes").ShouldBe(1);
    }
}
