using System.Net.Http.Json;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Milestones;
using VoteTracker.Tests.Features.Sharing;
using VoteTracker.Tests.Features.Stances;
using VoteTracker.Tests.Features.Webhooks;

namespace VoteTracker.Tests.Conventions;

/// <summary>Every list works when it is empty: some row types cannot be read from an empty result.</summary>
public sealed class ListsTests
{
    // The draft of the test has no milestone at first.
    private const string WithMilestone = "es-10-27";

    // Each list with parameters for which it is empty on a new installation, and not empty after `Fill`.
    private static readonly (string Pattern, string Empty, string Filled)[] Lines =
    [
        ("/v1/member-states", "?group=nam&kind=observer&on=1990-01-01&limit=1", "?limit=1"),
        ("/v1/member-states/{iso3}/votes", "?session=es-1", ""),
        ("/v1/groups", "", ""),
        ("/v1/sessions", "?status=requested", ""),
        ("/v1/sessions/{id}/requests", "", ""),
        ("/v1/sessions/{id}/requests/{iso3}/history", "", ""),
        ("/v1/council-vetoes", "", ""),
        ("/v1/resolutions", "?session=es-1", ""),
        ("/v1/resolutions/{id}/stances", "?position=yes", "?position=yes"),
        ("/v1/resolutions/{id}/stances/{iso3}/history", "", ""),
        ("/v1/resolutions/{id}/stances/imports", "", ""),
        // Never empty: it begins with the first state of the resolution, and there is no page after its last change.
        ("/v1/resolutions/{id}/tally/timeline", "", ""),
        ("/v1/resolutions/{id}/scenarios", "", ""),
        ("/v1/resolutions/{id}/co-sponsors", "", ""),
        ("/v1/resolutions/{id}/co-sponsors/{iso3}/history", "", ""),
        ("/v1/resolutions/{id}/share-links", "", ""),
        ("/v1/webhooks", "", ""),
        ("/v1/webhooks/{id}/deliveries", "", "?status=failed"),
        ("/v1/contacts", "", ""),
        ("/v1/contacts/{id}/engagements", "", ""),
        ("/v1/engagements", "?kind=letter", ""),
        ("/v1/engagements/{id}/history", "", ""),
        ("/v1/tasks", "?status=done", ""),
        ("/v1/tasks/{id}/history", "", ""),
        ("/v1/resolutions/{id}/assignments", "", ""),
        ("/v1/resolutions/{id}/stances/{iso3}/comments", "", ""),
        ("/v1/mentions", "", ""),
        ("/v1/views", "", ""),
        ("/v1/endorsements", "", ""),
        ("/v1/acts", "", ""),
        ("/v1/pressures", "", ""),
        ("/v1/resolutions/{id}/gaps", "?kind=overdue-task", ""),
        ("/v1/resolutions/{id}/milestones", "", ""),
        ("/v1/resolutions/{id}/milestones/{milestone}/history", "", ""),
        ("/v1/calendars", "", ""),
        ("/v1/team", "", ""),
        ("/v1/api-keys", "", ""),
        ("/v1/changes", "", ""),
        ("/v1/audit", "?action=retention", ""),
    ];

    [Test]
    public async Task Every_list_works_when_it_is_empty_and_when_it_is_not()
    {
        using var app = new App(settings: new() { ["WebhookHosts"] = "127.0.0.1", ["SendWebhooks"] = "false" });
        var lists = ServedRoute
            .All(app)
            .Where(r => r.Method == "GET")
            .Where(r => r.Endpoint.Metadata.GetMetadata<Pages>() is not null || r.Pattern == "/v1/changes")
            .Select(r => r.Pattern);
        lists.ShouldBeInAnyOrder(Lines.Select(l => l.Pattern));
        using var opened = await app.Admin.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.34",
                title = "A draft",
                session = "es-10",
                kind = "draft",
            }
        );
        var draft = (await opened.Json())["id"]!.GetValue<string>();
        using var added = await app.Admin.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json())["id"]!.GetValue<string>();
        var webhook = (await app.Admin.AddWebhook("http://127.0.0.1:9/", "stance.changed"))["id"]!.GetValue<string>();
        await app.Admin.Add("/v1/engagements", DeskRequests.Meeting());
        await app.Admin.Add("/v1/tasks", new { what = "Call" });
        await app.Admin.Add(MilestoneRequests.Timetable(WithMilestone), MilestoneRequests.Body());
        foreach (var (pattern, empty, _) in Lines)
        {
            var items = await Items(pattern, empty);
            if (
                pattern
                is not (
                    "/v1/member-states"
                    or "/v1/groups"
                    or "/v1/sessions"
                    or "/v1/changes"
                    or "/v1/contacts"
                    or "/v1/webhooks"
                    // Never empty: the caller is in it.
                    or "/v1/team"
                    // Never empty: it begins with the first version.
                    or "/v1/engagements/{id}/history"
                    or "/v1/tasks/{id}/history"
                    or "/v1/resolutions/{id}/tally/timeline"
                    or "/v1/resolutions/{id}/milestones/{milestone}/history"
                )
            )
            {
                items.ShouldBe(0, pattern);
            }
        }
        await Fill(app, draft, contact);
        using var tested = await app.Admin.PostAsync($"/v1/webhooks/{webhook}/test", content: null);
        tested.EnsureSuccessStatusCode();
        foreach (var (pattern, _, filled) in Lines)
        {
            (await Items(pattern, filled)).ShouldBeGreaterThan(0, pattern);
        }

        async Task<int> Items(string pattern, string query)
        {
            var path = pattern
                .Replace(
                    "{id}",
                    pattern.StartsWith("/v1/contacts", StringComparison.Ordinal) ? contact
                        : pattern.StartsWith("/v1/webhooks", StringComparison.Ordinal) ? webhook
                        : pattern.Contains("{milestone}", StringComparison.Ordinal) ? WithMilestone
                        : pattern.StartsWith("/v1/resolutions", StringComparison.Ordinal) ? draft
                        : pattern.StartsWith("/v1/sessions", StringComparison.Ordinal) ? "es-10"
                        : "1",
                    StringComparison.Ordinal
                )
                .Replace("{milestone}", "1", StringComparison.Ordinal)
                .Replace("{iso3}", "NOR", StringComparison.Ordinal);
            return (await app.Admin.GetJson(path + query))["items"]!.AsArray().Count;
        }
    }

    private static async Task Fill(App app, string draft, string contact)
    {
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await app.Share(draft);
        await app.Plan(draft);
        await app.Admin.OwnCalendar();
        using var coSponsor = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        coSponsor.EnsureSuccessStatusCode();
        using var scenario = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/scenarios/plan-b",
            new { changes = new object[] { new { memberState = "NOR", position = "no" } } }
        );
        scenario.EnsureSuccessStatusCode();
        using var engagement = await app.Lobbyist.PostAsJsonAsync(
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "x",
            }
        );
        engagement.EnsureSuccessStatusCode();
        using var assignment = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/assignments/NOR",
            new { assignee = "me" }
        );
        assignment.EnsureSuccessStatusCode();
        await app.Lobbyist.Add(
            $"/v1/resolutions/{draft}/stances/NOR/comments",
            new { text = "@admin key of the settings" }
        );
        await SupportRequests.AddOfEach(app);
        using var request = await app.Lobbyist.Put(
            "/v1/sessions/es-10/requests/NOR",
            new { requestedOn = "1997-04-22" }
        );
        request.EnsureSuccessStatusCode();
        await app.Coordinator.Add(
            "/v1/council-vetoes",
            new
            {
                draft = "S/2026/1",
                on = "2026-11-20",
                subject = "A question",
                against = (string[])["FRA"],
            }
        );
        using var view = await app.Lobbyist.Put("/v1/views/plan-b", new { shared = true });
        view.EnsureSuccessStatusCode();
        using var imported = await StanceImports.Import(
            app,
            draft,
            "iso3,position,certainty,evidence\nSWE,no,likely,call\n"
        );
        imported.EnsureSuccessStatusCode();
    }
}
