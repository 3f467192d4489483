using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Process.Copies;

/// <summary>A campaign with a record of each kind, which is copied to another database.</summary>
internal static class CopiedCampaign
{
    /// <summary>Writes a record of each kind. Returns the addresses that show them.</summary>
    public static async Task<string[]> Write(HttpClient admin)
    {
        using var opened = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.34",
                title = "A draft",
                session = "es-10",
                kind = "draft",
            }
        );
        opened.EnsureSuccessStatusCode();
        await admin.RecordStance("es-10-l-34", "ZAF", "yes");
        await admin.RecordStance("es-10-l-34", "BRA", "yes");
        await admin.RecordStance("es-10-l-34", "ZAF", "yes");
        using var contact = await admin.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "Legal adviser",
                office = "mission",
            }
        );
        contact.EnsureSuccessStatusCode();
        using var comment = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions/es-10-l-34/stances/ZAF/comments",
            new { text = "@admin key of the settings: call again" }
        );
        comment.EnsureSuccessStatusCode();
        using var endorsement = await admin.Send(
            HttpMethod.Post,
            "/v1/endorsements",
            new
            {
                organisation = "Federation of Teachers",
                languages = (string[])["en"],
                signedOn = "2026-11-20",
                @public = true,
            }
        );
        endorsement.EnsureSuccessStatusCode();
        using var act = await admin.Send(
            HttpMethod.Post,
            "/v1/acts",
            new
            {
                memberState = "ZAF",
                kind = "statement",
                title = "A statement",
                on = "2026-11-20",
                url = "https://docs.example/1",
            }
        );
        act.EnsureSuccessStatusCode();
        using var pressure = await admin.Send(
            HttpMethod.Post,
            "/v1/pressures",
            new
            {
                memberState = "ZAF",
                kind = "trade",
                towards = "no",
                level = "low",
            }
        );
        pressure.EnsureSuccessStatusCode();
        using var view = await admin.Put("/v1/views/a", new { filter = "position=yes", shared = true });
        view.EnsureSuccessStatusCode();
        using var webhook = await admin.Send(
            HttpMethod.Post,
            "/v1/webhooks",
            new
            {
                url = "https://8.8.8.8/",
                events = (string[])["stance.changed"],
                enabled = false,
            }
        );
        webhook.EnsureSuccessStatusCode();
        using var day = await admin.Put("/v1/resolutions/es-10-l-34/vote-day", new { startsWith = "K" });
        day.EnsureSuccessStatusCode();
        using var vote = await admin.Put("/v1/resolutions/es-10-l-34/vote-day/votes/KEN", new { vote = "no" });
        vote.EnsureSuccessStatusCode();
        using var milestone = await admin.Send(
            HttpMethod.Post,
            "/v1/resolutions/es-10-l-34/milestones",
            new
            {
                kind = "vote",
                what = "Vote",
                plannedOn = "2026-12-10",
            }
        );
        milestone.EnsureSuccessStatusCode();
        using var calendar = await admin.Send(HttpMethod.Post, "/v1/calendars", new { kind = "personal" });
        calendar.EnsureSuccessStatusCode();
        using var request = await admin.Put("/v1/sessions/es-10/requests/ZAF", new { requestedOn = "1997-04-22" });
        request.EnsureSuccessStatusCode();
        using var veto = await admin.Send(
            HttpMethod.Post,
            "/v1/council-vetoes",
            new
            {
                draft = "S/2022/155",
                on = "2022-02-25",
                subject = "A question",
                against = (string[])["RUS"],
                session = "es-11",
            }
        );
        veto.EnsureSuccessStatusCode();
        return
        [
            "/v1/export/resolutions.csv",
            "/v1/export/roll-calls.csv",
            "/v1/export/member-states.csv",
            "/v1/export/matrix.csv",
            "/v1/member-states",
            "/v1/contacts",
            "/v1/mentions",
            "/v1/views/a",
            "/v1/endorsements",
            "/v1/acts",
            "/v1/pressures",
            "/v1/webhooks",
            "/v1/resolutions/es-10-l-34/vote-day",
            "/v1/resolutions/es-10-l-34/milestones",
            "/v1/resolutions/es-10-l-34/milestones/1/history",
            "/v1/calendars",
            "/v1/sessions/es-10/requests/ZAF",
            "/v1/sessions/es-11/council-vote",
            "/v1/council-vetoes",
            "/v1/resolutions/es-10-l-34/export/stances.csv",
            "/v1/resolutions/es-10-l-34/export/history.csv",
            "/v1/resolutions/es-10-l-34/tally",
            "/v1/resolutions/es-10-l-34/stances/ZAF/history",
        ];
    }
}
