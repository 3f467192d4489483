using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>With two hundred clients at once, no write is lost, doubled or shown late.</summary>
[EveryEngine]
public sealed class ManyWritersTests
{
    private const int Clients = 200;

    private static readonly object Yes = new
    {
        position = "yes",
        certainty = "confirmed",
        evidence = "meeting",
    };

    [Test]
    public async Task Of_200_clients_that_write_the_same_stance_with_the_same_version_one_succeeds()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/stances/ZAF";
        await app.Lobbyist.RecordStance(id, "ZAF", "no");
        using var client = app.Lobbyist;
        var answers = await AtOnce(Clients, _ => client.Put(path, Yes, ifMatch: "\"2\""));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        var refused = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();
        refused.Count.ShouldBe(Clients - 1);
        foreach (var answer in refused)
        {
            (await answer.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(3);
        }
        (await app.Viewer.GetItems($"{path}/history")).Count.ShouldBe(2);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("version").ShouldBe(3);
    }

    [Test]
    public async Task Of_200_clients_that_write_different_stances_all_succeed()
    {
        using var app = new App();
        string[] drafts = [await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35")];
        var members = (await app.Anonymous.GetItems("/v1/member-states")).Select(m => m.Text("iso3")!).ToList();
        using var client = app.Lobbyist;
        var answers = await AtOnce(
            Clients,
            i => client.Put($"/v1/resolutions/{drafts[i % 2]}/stances/{members[i / 2]}", Yes, ifMatch: "\"0\"")
        );
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        var versions = new List<(string?, int)>();
        foreach (var answer in answers)
        {
            var stance = await answer.Json();
            versions.Add((stance.Text("resolution"), stance.Int("version")));
        }
        foreach (var draft in drafts)
        {
            versions
                .Where(v => v.Item1 == draft)
                .Select(v => v.Item2)
                .Order()
                .ShouldBe(Enumerable.Range(2, Clients / 2), "each change has a version of its own, without gaps");
            var tally = await app.Viewer.GetJson($"/v1/resolutions/{draft}/tally");
            (tally.Int("yes"), tally.Int("version")).ShouldBe((Clients / 2, Clients / 2 + 1));
        }
    }

    [Test]
    public async Task After_each_response_the_next_tally_breakdown_and_stance_include_the_write()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var members = (await app.Anonymous.GetItems("/v1/member-states")).Select(m => m.Text("iso3")!).ToList();
        using var writer = app.Lobbyist;
        using var reader = app.Viewer;
        async Task<int> WriteAndLook(int worker)
        {
            var looked = 0;
            for (var i = 0; i < 20; i++)
            {
                var member = members[worker * 20 + i];
                var version = (await writer.RecordStance(id, member, "yes")).Int("version");
                (await reader.GetJson($"/v1/resolutions/{id}/tally"))
                    .Int("version")
                    .ShouldBeGreaterThanOrEqualTo(version);
                (await reader.GetJson($"/v1/resolutions/{id}/breakdown"))
                    .Int("version")
                    .ShouldBeGreaterThanOrEqualTo(version);
                (await reader.GetJson($"/v1/resolutions/{id}/stances/{member}")).Int("version").ShouldBe(version);
                looked++;
            }
            return looked;
        }
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(WriteAndLook))).Sum().ShouldBe(160);
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).Int("yes").ShouldBe(160);
    }

    [Test]
    public async Task A_writer_gets_its_response_after_all_listeners_were_notified()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var client = app.Lobbyist;
        var notified = 0;
        app.Services.GetRequiredService<CommitFeed>().Committed += changed =>
        {
            Thread.Sleep(50);
            notified += changed.Contains(id) ? 1 : 0;
        };
        await client.RecordStance(id, "ZAF", "yes");
        notified.ShouldBe(1);
    }

    private static async Task<IReadOnlyList<HttpResponseMessage>> AtOnce(
        int count,
        Func<int, Task<HttpResponseMessage>> send
    )
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable
            .Range(0, count)
            .Select(async i =>
            {
                await start.Task;
                return await send(i);
            })
            .ToList();
        start.SetResult();
        return await Task.WhenAll(all);
    }
}
