using System.Net.Http.Json;
using System.Text;

namespace VoteTracker.Tests.Endpoints.Idempotency;

/// <summary>A valid body for each operation that accepts an `Idempotency-Key`, by its path.</summary>
internal static class IdempotentRequests
{
    public static readonly IReadOnlyDictionary<string, Func<HttpContent>> All = new Dictionary<
        string,
        Func<HttpContent>
    >(StringComparer.Ordinal)
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
}
