using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Tests.Contract;
using VoteTracker.Tests.Features.Contacts;

namespace VoteTracker.Tests.Endpoints;

/// <summary>Expensive reads: a few at a time, with a limited queue, and without delay for other requests.</summary>
public sealed class ExpensiveReadsTests
{
    private static readonly string[] Paths =
    [
        "/v1/export.zip",
        "/v1/export/roll-calls.csv",
        "/v1/export/matrix.csv",
        "/v1/export/resolutions.xlsx",
        "/v1/resolutions/es-10-27/export.zip",
        "/v1/agreement?a=NOR",
    ];

    [Test]
    public async Task An_expensive_read_that_waits_too_long_is_a_503_with_Retry_After()
    {
        using var app = new App();
        _ = app.Anonymous;
        var places = await Fill(app, hasKey: false);
        foreach (var path in Paths)
        {
            var asked = app.Anonymous.GetAsync(path);
            while (!asked.IsCompleted)
            {
                app.Clock.Advance(TimeSpan.FromSeconds(5));
                await Task.WhenAny(asked, Task.Delay(20));
            }
            using var answer = await asked;
            await answer.ShouldBeProblem(503);
            answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        }
        // Cheap reads and clients with a key continue.
        await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        await app.Anonymous.GetJson("/v1/resolutions?limit=1");
        foreach (var path in Paths)
        {
            using var answer = await app.Viewer.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(200, path);
        }
        places.ForEach(place => place.Dispose());
        foreach (var path in Paths)
        {
            using var answer = await app.Anonymous.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(200, path);
        }
    }

    [Test]
    public async Task The_data_of_a_person_is_an_expensive_read()
    {
        using var app = new App();
        var contact = await ContactRequests.Add(app);
        using var coordinator = app.Coordinator;
        var places = await Fill(app, hasKey: true);
        var asked = coordinator.GetAsync($"{contact}/data");
        while (!asked.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(asked, Task.Delay(20));
        }
        using var late = await asked;
        await late.ShouldBeProblem(503);
        await coordinator.GetJson(contact);
        places.ForEach(place => place.Dispose());
        await coordinator.GetJson($"{contact}/data");
    }

    [Test]
    public async Task A_short_Authorization_header_is_a_401_at_an_expensive_read()
    {
        using var app = new App();
        using var client = app.Anonymous;
        foreach (var header in (string[])["Bearer", "Key", "x"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agreement?a=NOR");
            request.Headers.TryAddWithoutValidation("Authorization", header).ShouldBeTrue();
            using var answer = await client.SendAsync(request);
            await answer.ShouldBeProblem(401);
        }
    }

    [Test]
    public async Task A_full_queue_is_a_503_at_once_and_waiting_reads_complete()
    {
        using var app = new App(settings: new() { ["ExpensiveReadsPerCaller"] = "0" });
        using var client = app.Anonymous;
        var places = await Fill(app, hasKey: false);
        var asked = Enumerable.Range(0, 100).Select(_ => client.GetAsync("/v1/agreement?a=NOR")).ToList();
        // The clock does not move, so no waiting read times out.
        var refused = await Task.WhenAny(asked);
        (await (await refused).ShouldBeProblem(503))["detail"]!.GetValue<string>().ShouldContain("exports");
        places.ForEach(place => place.Dispose());
        var answers = await Task.WhenAll(asked);
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBeGreaterThan(10);
        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode || (int)answer.StatusCode == 503);
    }

    [Test]
    public async Task A_read_whose_client_has_gone_leaves_the_queue()
    {
        using var app = new App(settings: new() { ["ExpensiveReadsPerCaller"] = "0" });
        using var client = app.Anonymous;
        var places = await Fill(app, hasKey: false);
        using var gone = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 64).Select(_ => client.GetAsync("/v1/export.zip", gone.Token)).ToList();
        await gone.CancelAsync();
        foreach (var one in asked)
        {
            await Should.ThrowAsync<OperationCanceledException>(one);
        }
        places.ForEach(place => place.Dispose());
        using var answer = await client.GetAsync("/v1/export.zip");
        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Test]
    public async Task Queues_with_and_without_a_key_take_turns()
    {
        var turns = new RequestQueue(1);
        await turns.Take(hasKey: false);
        var order = new List<string>();
        var waiting = new List<Task>();
        foreach (
            var (name, hasKey) in ((string, bool)[])[("a", false), ("b", false), ("K", true), ("c", false), ("L", true)]
        )
        {
            waiting.Add(Wait(turns.Take(hasKey), name));
        }
        for (var i = 1; i <= waiting.Count; i++)
        {
            turns.Give();
            while (order.Count < i)
            {
                await Task.Yield();
            }
        }
        await Task.WhenAll(waiting);
        order.ShouldBe(["K", "a", "L", "b", "c"]);

        async Task Wait(ValueTask turn, string name)
        {
            await turn;
            order.Add(name);
        }
    }

    [Test]
    public async Task The_contract_documents_503_for_each()
    {
        var contract = await ServedContract.Read();
        var expensive = contract
            .Operations.Where(o =>
                o.Path.EndsWith("export.zip", StringComparison.Ordinal)
                || o.Path.StartsWith("/v1/export/", StringComparison.Ordinal)
                    && !o.Path.Contains("member-states", StringComparison.Ordinal)
            )
            .ToList();
        expensive.Count.ShouldBeGreaterThan(6);
        expensive.ShouldAllBe(o => o.Operation["responses"]!["503"] != null);
    }

    private static async Task<List<RateLimitLease>> Fill(App app, bool hasKey)
    {
        var reads = app.Services.GetRequiredService<ExpensiveReads>();
        var places = new List<RateLimitLease>();
        for (var i = 0; i < 4; i++)
        {
            places.Add((await reads.Begin(http: null, hasKey)).ShouldNotBeNull());
        }
        return places;
    }
}
