using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>So many writes may wait; one more is told to come again.</summary>
public sealed class WriteQueueTests
{
    private const int Most = 3;

    [Test]
    public async Task What_the_service_asks_for_itself_takes_nobodys_place()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["WriteQueue"] = $"{Most}" }
        );
        var db = app.Services.GetRequiredService<Db>();
        using var writer = await HeldWriter.Hold(app);
        var first = db.PublishForeignCommits();
        var writes = Enumerable.Range(0, Most).Select(n => db.Write(_ => Task.FromResult(n))).ToList();
        var second = db.PublishForeignCommits();
        await Should.ThrowAsync<WriteUnavailableException>(db.Write(_ => Task.FromResult(Most)));
        await writer.LetGo();
        (await Task.WhenAll(writes)).ShouldBe(Enumerable.Range(0, Most));
        await Task.WhenAll(first, second);
        (await db.Write(_ => Task.FromResult(Most))).ShouldBe(Most, "their places are free again");
    }

    [Test]
    public async Task When_the_queue_is_full_a_write_is_told_when_to_come_again_and_nothing_of_it_is_done()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["WriteQueue"] = $"{Most}" }
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
        var waiting = members.Take(Most).Select(Record).ToList();
        await writer.Waits(Most);
        foreach (var member in members.Skip(Most))
        {
            using var refused = await Record(member).WaitAsync(TimeSpan.FromMinutes(1));
            var problem = await refused.ShouldBeProblem(503);
            problem["detail"]!.GetValue<string>().ShouldContain("nothing of this one was done");
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        }
        waiting.ShouldAllBe(w => !w.IsCompleted, "who waits is not answered before the commit");
        (await client.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1, "who reads does not wait");
        (await client.GetJson("/health/live")).ShouldNotBeNull();

        await writer.LetGo();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var ledger = Ledger.Read(app.Folder, id);
        ledger.Halves.ShouldBeEmpty();
        ledger.Entries.Select(e => e.MemberState).ShouldBeInAnyOrder(members.Take(Most));
        using var later = await Record(members[^1]);
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(1 + Most + 1);
    }
}
