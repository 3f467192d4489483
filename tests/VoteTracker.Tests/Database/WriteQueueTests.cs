using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>The queue of writes is bounded. A write that does not fit is rejected, and can be retried.</summary>
public sealed class WriteQueueTests
{
    private const int Capacity = 3;

    [Test]
    public async Task Internal_work_of_the_service_does_not_use_capacity_of_the_queue()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["WriteQueue"] = $"{Capacity}" }
        );
        var db = app.Services.GetRequiredService<Db>();
        var feed = app.Services.GetRequiredService<CommitFeed>();
        using var writer = await HeldWriter.Hold(app);
        var first = feed.PublishForeignCommits();
        var writes = Enumerable.Range(0, Capacity).Select(n => db.Write(_ => Task.FromResult(n))).ToList();
        var second = feed.PublishForeignCommits();
        await Should.ThrowAsync<WriteUnavailableException>(db.Write(_ => Task.FromResult(Capacity)));
        await writer.Release();
        (await Task.WhenAll(writes)).ShouldBe(Enumerable.Range(0, Capacity));
        await Task.WhenAll(first, second);
        (await db.Write(_ => Task.FromResult(Capacity))).ShouldBe(Capacity, "the queue is empty again");
    }

    [Test]
    public async Task A_write_to_a_full_queue_is_a_503_with_Retry_After_and_is_not_committed()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["WriteQueue"] = $"{Capacity}" }
        );
        var id = await app.OpenDraft();
        using var client = app.Admin;
        string[] members = ["ZAF", "BRA", "ARG", "CHL", "PER"];
        Task<HttpResponseMessage> Record(string member) =>
            client.Put(
                $"/v1/resolutions/{id}/stances/{member}",
                new
                {
                    position = "yes",
                    certainty = "likely",
                    evidence = "call",
                }
            );

        using var writer = await HeldWriter.Hold(app);
        var waiting = members.Take(Capacity).Select(Record).ToList();
        await writer.WaitForQueued(Capacity);
        foreach (var member in members.Skip(Capacity))
        {
            using var rejected = await Record(member).WaitAsync(Hang.Limit);
            var problem = await rejected.ShouldBeProblem(503);
            problem["detail"]!.GetValue<string>().ShouldContain("Nothing of this write was committed");
            rejected.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        }
        waiting.ShouldAllBe(w => !w.IsCompleted, "queued writes do not complete before the commit");
        (await client.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1, "reads do not wait");
        (await client.GetJson("/health/live")).ShouldNotBeNull();

        await writer.Release();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var ledger = Ledger.Read(app.Folder, id);
        ledger.Halves.ShouldBeEmpty();
        ledger.Entries.Select(e => e.MemberState).ShouldBeInAnyOrder(members.Take(Capacity));
        using var later = await Record(members[^1]);
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1 + Capacity + 1);
    }
}
