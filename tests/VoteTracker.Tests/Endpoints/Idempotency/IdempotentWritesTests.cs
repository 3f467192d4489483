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

    private static readonly Dictionary<string, Func<HttpContent>> Requests = new(StringComparer.Ordinal)
    {
        ["/v1/contacts"] = () =>
            JsonContent.Create(
                new
                {
                    memberState = "NOR",
                    name = "Desk",
                    office = "mission",
                }
            ),
        ["/v1/contacts/{id}/engagements"] = () =>
            JsonContent.Create(
                new
                {
                    kind = "call",
                    on = "2026-11-20",
                    summary = "A call",
                }
            ),
        ["/v1/sessions"] = () =>
            JsonContent.Create(
                new
                {
                    id = "es-12",
                    kind = "new-emergency-session",
                    subject = "A question",
                }
            ),
        ["/v1/council-vetoes"] = () =>
            JsonContent.Create(
                new
                {
                    draft = "S/2026/1",
                    on = "2026-11-20",
                    subject = "A question",
                    against = (string[])["FRA"],
                }
            ),
        ["/v1/engagements"] = () =>
            JsonContent.Create(
                new
                {
                    memberState = "NOR",
                    kind = "call",
                    on = "2026-11-20",
                    summary = "A call",
                    resolution = "es-10-l-34",
                    stance = new { position = "yes", certainty = "likely" },
                    tasks = new object[] { new { what = "Call again" } },
                }
            ),
        ["/v1/engagements/{id}/revert"] = () => JsonContent.Create(new { version = 1 }),
        ["/v1/tasks/{id}/revert"] = () => JsonContent.Create(new { version = 1 }),
        ["/v1/resolutions/{id}/stances/NOR/comments"] = () => JsonContent.Create(new { text = "Call again" }),
        ["/v1/resolutions/{id}/milestones"] = () =>
            JsonContent.Create(
                new
                {
                    kind = "debate",
                    what = "Debate of the item",
                    plannedOn = "2026-12-09",
                }
            ),
        ["/v1/calendars"] = () => JsonContent.Create(new { kind = "personal" }),
        ["/v1/tasks"] = () => JsonContent.Create(new { what = "Call again" }),
        ["/v1/endorsements"] = () =>
            JsonContent.Create(new { organisation = "Federation of Teachers", @public = true }),
        ["/v1/endorsements/import"] = () =>
            new StringContent("organisation\nFederation of Teachers\n", Encoding.UTF8, "text/csv"),
        ["/v1/acts"] = () =>
            JsonContent.Create(
                new
                {
                    memberState = "NOR",
                    kind = "statement",
                    title = "A statement",
                    on = "2026-11-20",
                    url = "https://docs.example/1",
                }
            ),
        ["/v1/pressures"] = () =>
            JsonContent.Create(
                new
                {
                    memberState = "NOR",
                    kind = "trade",
                    towards = "no",
                    level = "low",
                }
            ),
        ["/v1/api-keys/{id}/rotate"] = () => JsonContent.Create(new { graceMinutes = 5 }),
        ["/v1/api-keys"] = () => JsonContent.Create(new { label = "Team", role = "viewer" }),
        ["/v1/resolutions"] = () =>
            JsonContent.Create(
                new
                {
                    session = "es-10",
                    symbol = "A/ES-10/L.99",
                    title = "A draft",
                    rule = "two-thirds",
                }
            ),
        ["/v1/resolutions/{id}/stances/import"] = () =>
            new StringContent("iso3,position,certainty,evidence\nNOR,yes,confirmed,call\n", Encoding.UTF8, "text/csv"),
        ["/v1/resolutions/{id}/co-sponsors/import"] = () =>
            new StringContent("iso3,status\nNOR,signed\n", Encoding.UTF8, "text/csv"),
        ["/v1/resolutions/{id}/assignments/import"] = () =>
            new StringContent("iso3,assignee\nNOR,me\n", Encoding.UTF8, "text/csv"),
        ["/v1/resolutions/{id}/share-links"] = () => JsonContent.Create(new { scope = "tally", label = "Team" }),
        ["/v1/webhooks"] = () =>
            JsonContent.Create(new { url = "http://127.0.0.1:9/", events = new[] { "stance.changed" } }),
        ["/v1/webhooks/{id}/rotate-secret"] = () => JsonContent.Create(new { overlapHours = 1 }),
        ["/v1/webhooks/{id}/test"] = () => new ByteArrayContent([]),
        ["/v1/webhooks/{id}/redeliver"] = () => JsonContent.Create(new { }),
        ["/v1/webhooks/{id}/deliveries/{delivery}/redeliver"] = () => new ByteArrayContent([]),
        ["/v1/contacts/import"] = () => new StringContent("iso3,name\nNOR,Desk\n", Encoding.UTF8, "text/csv"),
        ["/v1/resolutions/{id}/stances/NOR/revert"] = () => JsonContent.Create(new { version = 0 }),
        ["/v1/resolutions/{id}/stances/imports/{importId}/revert"] = () => JsonContent.Create(new { }),
        ["/v1/resolutions/{id}/vote-day/propose"] = () => JsonContent.Create(new { missingIsNonVoting = true }),
        ["/v1/resolutions/{id}/vote-day/confirm"] = () => JsonContent.Create(new { }),
        ["/v1/resolutions/{id}/vote-day/reopen"] = () => JsonContent.Create(new { }),
        ["/v1/resolutions/{id}/scenarios"] = () =>
            JsonContent.Create(new { changes = new object[] { new { memberState = "NOR", position = "yes" } } }),
    };

    private static IEnumerable<string> Paths => Requests.Keys;

    [TestCaseSource(nameof(Paths))]
    public async Task The_response_is_stored_in_the_commit_of_the_write(string path)
    {
        // The sender of webhooks would commit too.
        using var app = new App(settings: new() { ["WebhookHosts"] = "127.0.0.1", ["SendWebhooks"] = "false" });
        var draft = await app.OpenDraft();
        using var contact = await app.Admin.PostAsync("/v1/contacts", Requests["/v1/contacts"]());
        using var key = await app.Admin.PostAsync(
            "/v1/api-keys",
            JsonContent.Create(new { label = "X", role = "viewer" })
        );
        using var hook = await app.Admin.PostAsync("/v1/webhooks", Requests["/v1/webhooks"]());
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
            Content = Requests[path](),
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
                ? Requests[list]()
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
