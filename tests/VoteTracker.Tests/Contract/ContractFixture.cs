using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Features.Endorsements;
using VoteTracker.Tests.Features.Imports;
using VoteTracker.Tests.Features.Sharing;
using VoteTracker.Tests.Features.Stances;

namespace VoteTracker.Tests.Contract;

/// <summary>A service with a resource at every address of the contract.</summary>
public abstract class ContractFixture
{
    private protected App _app = null!;
    private protected ServedContract _contract = null!;
    private protected Dictionary<string, string> _ids = null!;
    private string _importId = null!;
    private CalendarAddress _calendar = null!;
    private SharedLink _link = null!;
    private SharedLink _shared = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new App(
            settings: new()
            {
                ["WebhookHosts"] = "127.0.0.1",
                ["SendWebhooks"] = "false",
                ["Metrics"] = "true",
            }
        );
        _contract = await ServedContract.Read();
        var draft = await _app.OpenDraft(new { visibility = "positions", baseline = "es-10-27" });
        using var admin = _app.Admin;
        await admin.RecordStance(draft, "ZAF", "undecided", "leaning", "call");
        await Sent(
            admin,
            HttpMethod.Put,
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        await Sent(
            admin,
            HttpMethod.Put,
            $"/v1/resolutions/{draft}/scenarios/plan-b",
            new { changes = new object[] { new { memberState = "ZAF", position = "yes" } } }
        );
        await Sent(
            admin,
            HttpMethod.Put,
            "/v1/member-states/TCD/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        var contact = await Sent(
            admin,
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "Legal adviser",
                office = "mission",
            }
        );
        var id = contact["id"]!.GetValue<string>();
        await Sent(
            admin,
            HttpMethod.Post,
            $"/v1/contacts/{id}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "Went through the text.",
            }
        );
        await Sent(admin, HttpMethod.Post, "/v1/tasks", new { what = "Call again" });
        await Sent(admin, HttpMethod.Put, $"/v1/resolutions/{draft}/assignments/ZAF", new { assignee = "me" });
        await Sent(
            admin,
            HttpMethod.Post,
            $"/v1/resolutions/{draft}/stances/ZAF/comments",
            new { text = "@admin key of the settings: call again" }
        );
        await SupportRequests.AddOfEach(_app);
        await Sent(
            admin,
            HttpMethod.Put,
            $"/v1/resolutions/{draft}/vote-day",
            new
            {
                announced = new
                {
                    yes = 1,
                    no = 0,
                    abstain = 0,
                },
            }
        );
        await Sent(admin, HttpMethod.Put, $"/v1/resolutions/{draft}/vote-day/votes/ZAF", new { vote = "abstain" });
        await Sent(admin, HttpMethod.Put, "/v1/views/plan-b", new { resolution = draft, shared = true });
        var webhook = await Sent(
            admin,
            HttpMethod.Post,
            "/v1/webhooks",
            new { url = "http://127.0.0.1:9/", events = (string[])["stance.changed"] }
        );
        await Sent(admin, HttpMethod.Post, $"/v1/webhooks/{webhook["id"]}/test", new { });
        await Sent(
            admin,
            HttpMethod.Post,
            $"/v1/resolutions/{draft}/milestones",
            new
            {
                kind = "debate",
                what = "Debate of the item",
                plannedOn = "2026-12-09",
                @public = true,
            }
        );
        _calendar = await admin.OwnCalendar();
        await Sent(admin, HttpMethod.Put, "/v1/sessions/es-11/requests/ZAF", new { requestedOn = "2022-02-25" });
        await Sent(
            admin,
            HttpMethod.Post,
            "/v1/council-vetoes",
            new
            {
                draft = "S/2022/1",
                on = "2022-02-25",
                subject = "A question",
                against = (string[])["FRA"],
            }
        );
        var key = await Sent(admin, HttpMethod.Post, "/v1/api-keys", new { label = "Zoe", role = "viewer" });
        using var imported = await StanceImports.Import(_app, draft, "iso3,position\nFRA,undecided\n");
        _importId = (await StanceImports.Done(imported)).Text("id")!;
        (_link, _shared) = (await _app.Share(draft), await _app.Share(draft, "positions"));
        _ids = new(StringComparer.Ordinal)
        {
            ["/v1/engagements/"] = "1",
            ["/v1/tasks/"] = "1",
            ["/v1/endorsements/"] = "1",
            ["/v1/acts/"] = "1",
            ["/v1/pressures/"] = "1",
            ["/v1/webhooks/"] = webhook["id"]!.GetValue<string>(),
            ["/v1/api-keys/"] = key["id"]!.GetValue<string>(),
            ["/v1/calendars/"] = _calendar.Id,
            ["/v1/sessions/"] = "es-11",
            ["/v1/council-vetoes/"] = "1",
            ["/v1/contacts/"] = id,
            ["/v1/resolutions/"] = draft,
            ["/v1/imports/"] = (await admin.Import(new VotingFile().Only("A/RES/78/7").Bytes)).Text("id")!,
        };
    }

    [TearDown]
    public void TearDown() => _app.Dispose();

    private protected static async Task<JsonNode> Sent(HttpClient client, HttpMethod method, string path, object body)
    {
        using var answer = await client.Send(method, path, body);
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    private protected string PathOf(string path) =>
        (path == "/v1/agreement" ? "/v1/agreement?a=ZAF" : path)
            .Replace("{iso3}", IsoOf(path), StringComparison.Ordinal)
            .Replace("{format}", "json", StringComparison.Ordinal)
            .Replace("{name}", "plan-b", StringComparison.Ordinal)
            .Replace("{importId}", _importId, StringComparison.Ordinal)
            .Replace("{linkId}", _link.Id, StringComparison.Ordinal)
            .Replace("{secret}", _shared.Secret, StringComparison.Ordinal)
            .Replace("{picture}", "board", StringComparison.Ordinal)
            .Replace("{comment}", "1", StringComparison.Ordinal)
            .Replace("{delivery}", "1", StringComparison.Ordinal)
            .Replace("{milestone}", "1", StringComparison.Ordinal)
            .Replace("{token}", _calendar.Secret, StringComparison.Ordinal)
            .Replace(
                "{id}",
                _ids.FirstOrDefault(p => path.StartsWith(p.Key, StringComparison.Ordinal)).Value ?? "nothing",
                StringComparison.Ordinal
            );

    private protected static string IsoOf(string path) =>
        path.Contains("co-sponsors", StringComparison.Ordinal) ? "NOR"
        : path.Contains("ineligibility", StringComparison.Ordinal) ? "TCD"
        : "ZAF";
}
