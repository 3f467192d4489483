using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A campaign with stances, its exported table, and requests that import it.</summary>
internal static class StanceImports
{
    // Notes with characters that a table or a spreadsheet can change.
    public static readonly string[] Notes =
    [
        "plain",
        "=SUM(A1:A9)",
        "'=kept its own mark",
        "''@twice",
        "+47 22 24 36 00, ask for the desk",
        "-1",
        "'quoted' without a need",
        "two\nlines, and a \"quote\"",
        "a; semicolon, a comma\tand a tab",
        " spaces around ",
        "\tbegins with a tab",
        "Côte d’Ivoire · Türkiye · 南非 · 🕊",
        "ends with a line end\n",
        "yes",
        "0012",
    ];

    /// <summary>Opens a draft with a baseline, notes of every kind, contacts and a deleted stance.</summary>
    public static async Task<string> Campaign(App app)
    {
        var id = await app.OpenDraft(new { baseline = "es-10-27" });
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
            }
        );
        var contact = (await added.Json()).Text("id");
        string[] members =
        [
            .. (await app.Anonymous.GetItems("/v1/member-states?limit=1000")).Select(m => m.Text("iso3")!),
        ];
        var first = Array.IndexOf(members, "NOR");
        foreach (var (note, i) in Notes.Select((note, i) => (note, i)))
        {
            using var answer = await app.Lobbyist.Put(
                $"/v1/resolutions/{id}/stances/{members[(first + i) % members.Length]}",
                new
                {
                    position = "yes",
                    certainty = "likely",
                    evidence = "call",
                    evidenceUrl = i % 2 == 0 ? "https://example.org/?a=1;b=2,3" : null,
                    note,
                    contact = i % 3 == 0 ? contact : null,
                }
            );
            answer.EnsureSuccessStatusCode();
        }
        await app.Lobbyist.RecordStance(id, "KEN", "no");
        using var gone = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{id}/stances/KEN");
        gone.EnsureSuccessStatusCode();
        return id;
    }

    public static async Task<Sheet> Export(App app, string id) =>
        Sheet.Open(await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv"));

    public static Task<HttpResponseMessage> Import(App app, string id, string csv, string query = "") =>
        Import(app, id, Encoding.UTF8.GetBytes(csv), query);

    public static async Task<HttpResponseMessage> Import(
        App app,
        string id,
        byte[] csv,
        string query = "",
        string type = "text/csv"
    )
    {
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await app.Coordinator.PostAsync($"/v1/resolutions/{id}/stances/import{query}", content);
    }

    public static async Task<JsonNode> Done(HttpResponseMessage answer)
    {
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    public static async Task<Dictionary<string, JsonObject>> LoadStances(App app, string id) =>
        (await app.Coordinator.GetItems($"/v1/resolutions/{id}/stances?limit=1000")).ToDictionary(
            s => s.Text("memberState")!,
            s => s.AsObject(),
            StringComparer.Ordinal
        );

    public static async Task<string> State(App app, string id) =>
        string.Join('\n', (await LoadStances(app, id)).Values.Select(s => s.ToJsonString()))
        + (await app.Admin.GetJson($"/v1/resolutions/{id}")).ToJsonString()
        + (await app.Viewer.GetJson($"/v1/resolutions/{id}/tally")).ToJsonString()
        + (await app.Admin.GetItems("/v1/changes?limit=1000")).Count;
}
