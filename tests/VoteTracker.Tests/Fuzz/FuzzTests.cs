using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Contract;

namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// Requests made from the contract: valid ones, and ones with every kind of fault. Each response must be one that the
/// contract describes. To replay a run, set `VOTETRACKER_TESTS_FUZZ_SEED`, and for its length
/// `VOTETRACKER_TESTS_FUZZ_REQUESTS`.
/// </summary>
[EveryEngine]
public sealed class FuzzTests
{
    private const ulong SeedInCi = 20261128;
    private const long InCi = 20_000;

    // Half of the requests have a fault. Both databases together get two million of those.
    private const long InSoak = 2_000_000;

    [Test]
    public async Task Every_response_is_one_that_the_contract_describes()
    {
        var seed =
            Read("VOTETRACKER_TESTS_FUZZ_SEED")
            ?? (Process.Length.IsSoak ? (ulong)Random.Shared.NextInt64(int.MaxValue) : SeedInCi);
        var count = (long?)Read("VOTETRACKER_TESTS_FUZZ_REQUESTS") ?? (Process.Length.IsSoak ? InSoak : InCi);
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        // No name is resolved: the machine may have no network.
        using var app = new App(settings: Settings())
        {
            Resolver = (host, _) =>
                Task.FromResult(IPAddress.TryParse(host, out var address) ? (IPAddress[])[address] : []),
        };
        var server = app.Listen();
        var contract = new FuzzContract((await ServedContract.Read()).Document);
        contract.Operations.Count.ShouldBeGreaterThan(50);
        var ground = new Ground();
        using var admin = app.Admin;
        await ground.Prepare(admin);
        var run = new FuzzRun(contract, ground, seed);

        await run.Send(server, app.Clock, first: 0, count);

        await TestContext.Out.WriteLineAsync(run.Summary);
        var wrong = new List<string>(run.Faults);
        wrong.AddRange(app.Log.Where(l => l.StartsWith("Error", StringComparison.Ordinal)));
        for (var i = 0; i < Values.Resolutions; i++)
        {
            wrong.AddRange(await Recount.Differences(admin, string.Create(CultureInfo.InvariantCulture, $"fuzz-{i}")));
        }
        var never = contract
            .Operations.Select(o => o.ToString())
            .Except(run.Succeeded, StringComparer.Ordinal)
            .ToList();
        await TestContext.Out.WriteLineAsync($"never succeeded: {string.Join(", ", never)}");
        if (never.Count * 10 > contract.Operations.Count)
        {
            wrong.Add($"too many operations never succeeded: {string.Join(", ", never)}");
        }
        wrong.ShouldBeEmpty();
    }

    private static ulong? Read(string variable) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    // The requests without a key have one address, and are many more than those of a reader.
    private static Dictionary<string, string> Settings() =>
        new(StringComparer.Ordinal)
        {
            ["AnonymousRequestsPerMinute"] = "1000000",
            ["WebhookHosts"] = "127.0.0.1",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        };
}
