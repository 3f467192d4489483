using System.Net;
using Npgsql;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database;

/// <summary>A server that stops while the service runs, and starts again.</summary>
[OnlyPostgres]
public sealed class PostgresGoneTests
{
    [Test]
    public async Task Without_the_server_cached_tallies_have_an_Age_and_writes_are_503_until_it_is_back()
    {
        using var server = new PostgresServer();
        server.Execute("CREATE DATABASE campaign");
        using var folder = new Folder();
        await using var service = await Service.Start(
            folder,
            settings: ["--Database", server.ConnectionString("campaign")]
        );
        using var admin = service.Client();
        using var reader = service.Client(key: null);
        var id = await admin.OpenDraft(new { visibility = "tally" });
        var path = $"/v1/resolutions/{id}/tally";
        (await reader.GetJson(path)).Int("version").ShouldBe(1);
        await admin.RecordStance(id, "ZAF", "yes");
        (await reader.GetJson(path)).Int("yes").ShouldBe(1);

        server.Stop();
        await Until(async () =>
        {
            using var answer = await reader.GetAsync(path);
            (await answer.Json()).Int("yes").ShouldBe(1);
            return answer.Headers.Age is not null;
        });
        var stance = new
        {
            position = "no",
            certainty = "likely",
            evidence = "call",
        };
        using (var refused = await admin.Put($"/v1/resolutions/{id}/stances/BRA", stance))
        {
            await refused.ShouldBeProblem(503);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }
        using (var list = await reader.GetAsync("/v1/resolutions"))
        {
            await list.ShouldBeProblem(503);
            list.Headers.RetryAfter.ShouldNotBeNull();
        }

        server.Start();
        await Until(async () =>
        {
            using var answer = await admin.Put($"/v1/resolutions/{id}/stances/BRA", stance);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        (await reader.GetJson(path)).Int("no").ShouldBe(1);
        await Until(async () =>
        {
            using var answer = await reader.GetAsync(path);
            return answer.Headers.Age is null;
        });
    }

    [Test]
    public async Task Without_free_connections_of_the_server_nothing_is_a_500_and_the_service_recovers()
    {
        using var server = new PostgresServer("-c", "max_connections=25");
        server.Execute("CREATE DATABASE campaign");
        using var folder = new Folder();
        await using var service = await Service.Start(
            folder,
            settings: ["--Database", server.ConnectionString("campaign")]
        );
        using var admin = service.Client();
        using var reader = service.Client(key: null);
        var id = await admin.OpenDraft(new { visibility = "tally" });
        var path = $"/v1/resolutions/{id}/tally";
        await reader.GetJson(path);
        var others = new List<NpgsqlConnection>();
        try
        {
            while (await Opened(server) is { } other)
            {
                others.Add(other);
            }
            others.Count.ShouldBeGreaterThan(5);
            // More concurrent requests than pooled connections. A request without one gets a 503.
            var lists = await Task.WhenAll(
                Enumerable.Range(0, 40).Select(_ => reader.GetAsync("/v1/resolutions?limit=1000"))
            );
            lists.ShouldContain(list => list.StatusCode == HttpStatusCode.ServiceUnavailable);
            foreach (var list in lists)
            {
                if (list.StatusCode != HttpStatusCode.OK)
                {
                    await list.ShouldBeProblem(503);
                    list.Headers.RetryAfter.ShouldNotBeNull();
                }
                list.Dispose();
            }
            (await reader.GetJson(path)).Int("version").ShouldBe(1);
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }
        await Until(async () =>
        {
            using var answer = await reader.GetAsync("/v1/resolutions?limit=1000");
            return answer.StatusCode == HttpStatusCode.OK;
        });
        await admin.RecordStance(id, "ZAF", "yes");
        (await reader.GetJson(path)).Int("yes").ShouldBe(1);
    }

    private static async Task<NpgsqlConnection?> Opened(PostgresServer server)
    {
        var connection = new NpgsqlConnection(server.ConnectionString("campaign") + ";Pooling=False");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await connection.DisposeAsync();
            return null;
        }
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
