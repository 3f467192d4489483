using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VoteTracker.Tests.Contract.Recorded;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>
/// Every route that writes leaves one entry for each write, and none for a request that changes nothing. The requests are
/// those of the recorded responses, which cover every operation with success.
/// </summary>
public sealed class AuditedWritesTests
{
    // A success of this operation changes nothing.
    private static readonly string[] NotWrites = ["POST /v1/resolutions/{id}/scenarios"];

    // Their recorded requests are dry runs. They write through the same class as the import of endorsements.
    private static readonly string[] DryRuns =
    [
        "POST /v1/contacts/import",
        "POST /v1/resolutions/{id}/assignments/import",
        "POST /v1/resolutions/{id}/co-sponsors/import",
    ];

    [Test]
    public async Task Every_route_that_writes_leaves_one_entry_for_each_write()
    {
        var watcher = new Watcher();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MaxBodyBytes"] = WrongWrites.MostBytes.ToString(CultureInfo.InvariantCulture),
            ["WebhookHosts"] = "127.0.0.1",
            ["SendWebhooks"] = "false",
            ["MaxImportBytes"] = RecordedTests.MostOfImport.ToString(CultureInfo.InvariantCulture),
        };
        using var app = new App(settings: settings) { Watcher = watcher };
        var stage = new Stage(app.Clock, app.Listen(), new Recording());
        await FirstWrites.Play(stage);
        await DeskWrites.Play(stage);
        await ListWrites.Play(stage);
        await SupportWrites.Play(stage);
        await SharedWrites.Play(stage);
        await WebhookWrites.Play(stage);
        await TimetableWrites.Play(stage);
        await SessionWrites.Play(stage);
        await Repeats.Play(stage);
        await Patches.Play(stage);
        await VoteDayWrites.Play(stage);
        await LastWrites.Play(stage);

        var expected = watcher.Written.ToList();
        var covered = expected.Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        covered.Count.ShouldBeGreaterThan(60);
        Operation
            .All.Where(o => !o.IsRead && o.Id != "CancelImport")
            .Select(o => $"{o.Method} {o.Path}")
            .Except(covered.Concat(NotWrites).Concat(DryRuns), StringComparer.Ordinal)
            .ShouldBeEmpty("every operation that writes was sent with success");
        AuditRequests
            .Entries(app.Folder)
            .Where(e => e.Action is "write" or "key-created" or "key-revoked")
            .Where(e => e.Operation.Contains(" /", StringComparison.Ordinal))
            .Select(e => e.Operation)
            .ShouldBeInAnyOrder(expected);
        (await app.Verify()).Fault.ShouldBeNull();
    }

    // Counts the requests that have written: a success that is no repetition and no dry run.
    private sealed class Watcher : IStartupFilter
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    async (http, rest) =>
                    {
                        await rest(http);
                        var method = http.Request.Method;
                        var isWrite =
                            !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
                        if (
                            isWrite
                            && http.Response.StatusCode is >= 200 and < 300
                            && !http.Response.Headers.ContainsKey("Idempotency-Replayed")
                            && http.Request.Query["dryRun"] != "true"
                            && http.GetEndpoint() is RouteEndpoint endpoint
                            && $"{method} {endpoint.RoutePattern.RawText}" is var operation
                            && !NotWrites.Contains(operation, StringComparer.Ordinal)
                        )
                        {
                            Written.Enqueue(operation);
                        }
                    }
                );
                next(app);
            };
    }
}
