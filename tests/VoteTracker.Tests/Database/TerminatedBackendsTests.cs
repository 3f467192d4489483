using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Database;

/// <summary>
/// An administrator terminates backends of the service, also during a commit. The service continues. It reports a write as
/// not committed only if it was not.
/// </summary>
[OnlyPostgres]
public sealed class TerminatedBackendsTests
{
    private const int Writers = 12;
    private static readonly int Terminations = Process.Length.IsSoak ? 500 : 50;

    [Test]
    public async Task After_terminated_backends_every_acknowledged_write_exists_and_no_rejected_one()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var acknowledged = new ConcurrentBag<string>();
        var notDone = new ConcurrentBag<string>();
        using var enough = new CancellationTokenSource();
        var writing = Enumerable
            .Range(0, Writers)
            .Select(writer =>
                Task.Run(async () =>
                {
                    for (var i = 0; !enough.IsCancellationRequested; i++)
                    {
                        await Add($"desk {writer}-{i}");
                    }
                })
            )
            .ToList();
        await using (var admin = Databases.Open(app.Folder))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            for (var terminated = 0; terminated < Terminations; )
            {
                // The backends that are committing, or have just committed.
                terminated += (
                    await admin.QueryAsync<bool>(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%COMMIT%'
                        """
                    )
                ).Count();
                await Task.Delay(20, limit.Token);
            }
        }
        var before = acknowledged.Count;
        while (acknowledged.Count < before + 20)
        {
            await Task.Delay(20, CancellationToken.None);
        }
        await enough.CancelAsync();
        await Task.WhenAll(writing);

        var there = (await lobbyist.GetPages("/v1/contacts?limit=1000", 1_000))
            .Select(c => c.Text("name")!)
            .ToHashSet();
        acknowledged.Except(there).ShouldBeEmpty("acknowledged writes exist");
        notDone.Intersect(there).ShouldBeEmpty("writes that were reported as not committed do not exist");
        await TestContext.Out.WriteLineAsync(
            $"{acknowledged.Count} acknowledged, {notDone.Count} said not to be done."
        );

        async Task Add(string name)
        {
            using var answer = await lobbyist.PostAsJsonAsync(
                "/v1/contacts",
                new
                {
                    memberState = "NOR",
                    name,
                    office = "mission",
                }
            );
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                acknowledged.Add(name);
                return;
            }
            var problem = await answer.ShouldBeProblem(503);
            if (!problem.Text("detail")!.Contains("Read again", StringComparison.Ordinal))
            {
                notDone.Add(name);
            }
        }
    }
}
