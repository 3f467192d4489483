using System.Net.Http.Json;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Stances;
using VoteTracker.Tests.Features.VoteDays;

namespace VoteTracker.Tests.Endpoints.Idempotency;

/// <summary>Every endpoint that accepts an `Idempotency-Key` stores its response in the transaction of its write.</summary>
[EveryEngine]
public sealed class IdempotentWritesTests
{
    // It starts background work, so no transaction contains all of its writes.
    private const string RollCallImport = "/v1/imports/roll-calls";

    private const string Resolution = "{id}";

    private static IEnumerable<string> Paths => IdempotentRequests.All.Keys;

    [TestCaseSource(nameof(Paths))]
    public async Task The_response_is_stored_in_the_commit_of_the_write(string path)
    {
        // The sender of webhooks would commit too.
        using var app = new App(settings: new() { ["WebhookHosts"] = "127.0.0.1", ["SendWebhooks"] = "false" });
        var draft = await app.OpenDraft();
        using var contact = await app.Admin.PostAsync("/v1/contacts", IdempotentRequests.All["/v1/contacts"]());
        using var key = await app.Admin.PostAsync(
            "/v1/api-keys",
            JsonContent.Create(new { label = "X", role = "viewer" })
        );
        using var hook = await app.Admin.PostAsync("/v1/webhooks", IdempotentRequests.All["/v1/webhooks"]());
        var webhook = (await hook.Json()).Text("id")!;
        using var tested = await app.Admin.PostAsync($"/v1/webhooks/{webhook}/test", content: null);
        var id =
            path.StartsWith("/v1/webhooks", StringComparison.Ordinal) ? webhook
            : path.EndsWith("{id}/revert", StringComparison.Ordinal) ? await AddCorrected(app, path)
            : path.StartsWith("/v1/contacts", StringComparison.Ordinal) ? (await contact.Json()).Text("id")!
            : path.StartsWith("/v1/api-keys", StringComparison.Ordinal) ? (await key.Json()).Text("id")!
            : draft;
        using var imported = await StanceImports.Import(
            app,
            draft,
            "iso3,position,certainty,evidence\nNOR,no,likely,call\n"
        );
        var importId = (await StanceImports.Done(imported)).Text("id")!;
        if (path.Contains("/vote-day/", StringComparison.Ordinal))
        {
            await app.Lobbyist.Opened(draft, new { });
            if (!path.EndsWith("/propose", StringComparison.Ordinal))
            {
                await app.Lobbyist.Done(draft, "propose", new { missingIsNonVoting = true });
            }
        }
        var commits = 0;
        app.Services.GetRequiredService<CommitFeed>().Committed += _ => Interlocked.Increment(ref commits);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            path.Replace(Resolution, id, StringComparison.Ordinal)
                .Replace("{importId}", importId, StringComparison.Ordinal)
                .Replace("{delivery}", $"{(await tested.Json())["id"]}", StringComparison.Ordinal)
        )
        {
            Content = IdempotentRequests.All[path](),
        };
        request.Headers.Add("Idempotency-Key", "a");
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        using var response = await app.Admin.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        commits.ShouldBe(1);
        (await CountStored(app)).ShouldBe(1);
    }

    // A record with a second version.
    private static async Task<string> AddCorrected(App app, string path)
    {
        var list = path.Split("/{id}")[0];
        using var added = await app.Admin.PostAsync(
            list,
            list == "/v1/tasks"
                ? IdempotentRequests.All[list]()
                : JsonContent.Create(
                    new
                    {
                        memberState = "NOR",
                        kind = "call",
                        on = "2026-11-20",
                        summary = "A call",
                    }
                )
        );
        var id = $"{(await added.Json())["id"]}";
        using var change = new HttpRequestMessage(HttpMethod.Patch, $"{list}/{id}")
        {
            Content =
                list == "/v1/tasks"
                    ? JsonContent.Create(new { what = "Write" })
                    : JsonContent.Create(new { summary = "A long call" }),
        };
        change.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        using var changed = await app.Admin.SendAsync(change);
        changed.EnsureSuccessStatusCode();
        return id;
    }

    [Test]
    public void The_test_includes_every_endpoint_that_accepts_the_key()
    {
        using var app = new App();
        ServedRoute
            .All(app)
            .Where(r => r.Endpoint.Metadata.GetMetadata<Idempotent>() is not null)
            .Select(r => r.Pattern)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                Paths
                    .Append(RollCallImport)
                    .Select(path => path.Replace("/NOR/", "/{iso3}/", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            );
    }

    [Test]
    public void Every_POST_accepts_the_key_and_no_other_method_does()
    {
        using var app = new App();
        var routes = ServedRoute.All(app);
        routes.Count(r => r.Method == "POST").ShouldBeGreaterThan(5);
        foreach (var route in routes)
        {
            (route.Endpoint.Metadata.GetMetadata<Idempotent>() is not null).ShouldBe(
                route.Method == "POST" && !route.IsPage,
                $"{route}"
            );
        }
    }

    private static Task<long> CountStored(App app) =>
        app.Services.GetRequiredService<Db>().Read(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM kept_answer"));
}
