using System.Net.Http.Json;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Database;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Features.Contacts;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>The entries of reads of personal data.</summary>
[EveryEngine]
public sealed class AuditedReadsTests
{
    private static readonly string[] Patterns =
    [
        "/v1/contacts",
        "/v1/contacts/{id}",
        "/v1/contacts/{id}/data",
        "/v1/contacts/{id}/engagements",
        "/v1/engagements",
        "/v1/engagements/{id}",
        "/v1/engagements/{id}/history",
        "/v1/resolutions/{id}/briefs/{iso3}",
        "/v1/digest",
        "/v1/resolutions/{id}/export/stances",
        "/v1/resolutions/{id}/export/stances.{format}",
        "/v1/resolutions/{id}/export/history",
        "/v1/resolutions/{id}/export/history.{format}",
        "/v1/resolutions/{id}/export.zip",
        "/v1/resolutions/{id}/stances/imports/{importId}",
        "/v1/audit",
        "/desk/today",
        "/desk/{id}/briefs/{iso3}",
    ];

    [Test]
    public async Task Every_read_of_personal_data_has_one_entry_before_its_response()
    {
        using var app = new App();
        var declared = ServedRoute
            .All(app)
            .Where(route => route.Endpoint.Metadata.GetMetadata<ReadsPersonalData>() is not null)
            .Select(route => route.Pattern);
        declared.ShouldBeInAnyOrder(Patterns);
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        var contact = (await ContactRequests.Add(app))["/v1/contacts/".Length..];
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting());
        using var admin = app.Admin;
        using var viewer = app.Viewer;
        foreach (var pattern in Patterns)
        {
            var path = pattern
                .Replace("{id}", Id(pattern, draft, contact), StringComparison.Ordinal)
                .Replace("{iso3}", "NOR", StringComparison.Ordinal)
                .Replace("{importId}", "nothing", StringComparison.Ordinal)
                .Replace("{format}", "csv", StringComparison.Ordinal);
            var before = app.LastEntry();
            using var answer = await admin.GetAsync(path);
            ((int)answer.StatusCode).ShouldBeOneOf(200, 404);
            var entry = app.Since(before).ShouldHaveSingleItem(path);
            (entry.Action, entry.Operation, entry.Author).ShouldBe(("read", $"GET {pattern}", "settings"));

            // A viewer is refused, or reads what has no personal data.
            before = app.LastEntry();
            using var seen = await viewer.GetAsync(path);
            app.Since(before).ShouldNotContain(e => e.Action == "read", path);
        }
    }

    [AnyEngine]
    [Test]
    public void Every_route_for_contacts_and_engagements_declares_that_it_reads_personal_data()
    {
        using var app = new App();
        var reads = ServedRoute
            .All(app)
            .Where(route => route.Method == "GET")
            .Where(route =>
                route.Endpoint.Metadata.GetMetadata<RequiresRight>()?.Right
                    is Right.SeeContacts
                        or Right.SeeConfidential
                        or Right.ReadAudit
            )
            .ToList();
        reads.Count.ShouldBeGreaterThan(6);
        reads
            .Where(route => route.Endpoint.Metadata.GetMetadata<ReadsPersonalData>() is null)
            .Select(route => route.Pattern)
            // They name a contact by its id alone.
            .ShouldBeInAnyOrder(["/v1/tasks", "/v1/tasks/{id}", "/v1/tasks/{id}/history", "/v1/resolutions/{id}/gaps"]);
    }

    [Test]
    public async Task A_read_of_a_personal_calendar_has_an_entry_with_the_id_of_its_link()
    {
        using var app = new App();
        var own = await app.Lobbyist.OwnCalendar();
        var shared = await app.CalendarOf(await app.OpenDraft(new { visibility = "positions" }));
        using var client = app.Anonymous;
        var before = app.LastEntry();
        using var read = await client.GetAsync(own.Path);
        read.EnsureSuccessStatusCode();
        var entry = app.Since(before).ShouldHaveSingleItem();
        (entry.Action, entry.Operation, entry.Author, entry.Target).ShouldBe(
            ("read", "GET /v1/calendars/{token}.ics", "anonymous", $"calendar={own.Id}")
        );
        using var again = new HttpRequestMessage(HttpMethod.Get, own.Path);
        again.Headers.IfNoneMatch.Add(read.Headers.ETag!);
        using var known = await client.SendAsync(again);
        ((int)known.StatusCode).ShouldBe(304);
        using var ofResolution = await client.GetAsync(shared.Path);
        ofResolution.EnsureSuccessStatusCode();
        using var wrong = await client.GetAsync(own.Path.Replace(own.Secret, new('a', own.Secret.Length)));
        ((int)wrong.StatusCode).ShouldBe(404);
        app.Since(before).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_conflict_that_shows_a_contact_or_an_engagement_is_a_read_of_it()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var contact = await ContactRequests.Add(app);
        await lobbyist.Add("/v1/engagements", DeskRequests.Meeting());
        foreach (
            var (method, path, route) in ((HttpMethod, string, string)[])
                [
                    (HttpMethod.Patch, contact, "/v1/contacts/{id}"),
                    (HttpMethod.Delete, contact, "/v1/contacts/{id}"),
                    (HttpMethod.Patch, "/v1/engagements/1", "/v1/engagements/{id}"),
                    (HttpMethod.Delete, "/v1/engagements/1", "/v1/engagements/{id}"),
                ]
        )
        {
            var before = app.LastEntry();
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation("If-Match", "\"999999999\"");
            if (method == HttpMethod.Patch)
            {
                request.Content = new StringContent(
                    path == contact ? """{"notes": null}""" : """{"outcome": null}""",
                    null,
                    "application/merge-patch+json"
                );
            }
            using var answer = await lobbyist.SendAsync(request);
            (await answer.ShouldBeProblem(412))["current"].ShouldNotBeNull();
            var entry = app.Since(before).ShouldHaveSingleItem();
            (entry.Action, entry.Operation).ShouldBe(("read", $"{method} {route}"));
            entry.At.ShouldBe(app.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        }
    }

    [Test]
    public async Task A_repetition_that_shows_a_contact_or_an_engagement_is_a_read_of_it()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        foreach (
            var (path, body) in ((string, object)[])
                [("/v1/contacts", ContactRequests.Desk), ("/v1/engagements", DeskRequests.Meeting())]
        )
        {
            using var first = await Repeat(lobbyist, path, body);
            ((int)first.StatusCode).ShouldBe(201, path);
            var before = app.LastEntry();
            using var again = await Repeat(lobbyist, path, body);
            again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue(path);
            var entry = app.Since(before).ShouldHaveSingleItem(path);
            (entry.Action, entry.Operation).ShouldBe(("read", $"POST {path}"));
            // The body is another one, so the response shows nothing.
            using var other = await Repeat(lobbyist, path, new { });
            await other.ShouldBeProblem(422);
            app.Since(before).Count.ShouldBe(1, path);
        }
        // A comment is not a read.
        var comments = $"/v1/resolutions/{draft}/stances/NOR/comments";
        using var comment = await Repeat(lobbyist, comments, new { text = "Ask again" });
        var last = app.LastEntry();
        using var same = await Repeat(lobbyist, comments, new { text = "Ask again" });
        same.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        app.Since(last).ShouldBeEmpty();
    }

    [AnyEngine]
    [Test]
    public async Task A_public_read_has_no_entry_and_needs_no_writer()
    {
        using var app = new App();
        using var anonymous = app.Anonymous;
        using var admin = app.Admin;
        await admin.GetJson("/v1/me");
        var before = app.LastEntry();
        using var held = await HeldWriter.Hold(app);
        await anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        await admin.GetJson("/v1/resolutions/es-10-27/tally");
        await admin.GetJson("/v1/resolutions/es-10-27/stances");
        // A read of contacts waits until its entry is committed.
        var waiting = admin.GetAsync("/v1/contacts");
        await held.WaitForQueued(1);
        waiting.IsCompleted.ShouldBeFalse();
        await held.Release();
        (await waiting).EnsureSuccessStatusCode();
        app.Since(before)
            .Where(e => e.Author != "service")
            .ShouldHaveSingleItem()
            .Operation.ShouldBe("GET /v1/contacts");
    }

    private static async Task<HttpResponseMessage> Repeat(HttpClient client, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", path);
        return await client.SendAsync(request);
    }

    private static string Id(string pattern, string draft, string contact) =>
        pattern.StartsWith("/v1/contacts", StringComparison.Ordinal) ? contact
        : pattern.StartsWith("/v1/engagements", StringComparison.Ordinal) ? "1"
        : draft;
}
