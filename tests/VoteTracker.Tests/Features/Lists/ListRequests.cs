using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Requests that import lists.</summary>
internal static class ListRequests
{
    public const string WorkbookType = VoteTracker.Features.Lists.ListRequest.WorkbookType;

    /// <summary>Sends a list as a lobbyist.</summary>
    public static async Task<HttpResponseMessage> Import(
        this App app,
        string path,
        byte[] file,
        string query = "",
        string? type = null
    )
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            type ?? (file.AsSpan().StartsWith("PK"u8) ? WorkbookType : "text/csv")
        );
        return await app.Lobbyist.PostAsync($"{path}/import{query}", content);
    }

    public static Task<HttpResponseMessage> Import(this App app, string path, string csv, string query = "") =>
        app.Import(path, Encoding.UTF8.GetBytes(csv), query);

    /// <summary>The result of an import that succeeds.</summary>
    public static async Task<JsonNode> Imported(this App app, string path, byte[] file, string query = "")
    {
        using var answer = await app.Import(path, file, query);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    public static Task<JsonNode> Imported(this App app, string path, string csv, string query = "") =>
        app.Imported(path, Encoding.UTF8.GetBytes(csv), query);

    /// <summary>The address of a list of a resolution.</summary>
    public static string OfStances(string id) => $"/v1/resolutions/{id}/stances";

    /// <summary>The changes of an import as text: `2 NOR position: unknown → yes, …`.</summary>
    public static IEnumerable<string> Changes(this JsonNode import) =>
        import["changes"]!
            .AsArray()
            .Select(c =>
                $"{c!.Int("line")} {c!.Text("memberState")} "
                + string.Join(
                    ", ",
                    c!["fields"]!
                        .AsArray()
                        .Select(f =>
                            f is JsonValue name
                                ? name.GetValue<string>()
                                : $"{f!.Text("field")}: {f!.Text("from")} → {f!.Text("to")}"
                        )
                )
            );

    /// <summary>Everything that an import of a resolution's lists can change.</summary>
    public static async Task<string> ReadAll(this App app, string id) =>
        string.Concat(
            (await app.Lobbyist.GetItems($"/v1/resolutions/{id}/stances?limit=1000")).Select(s => s.ToJsonString())
        )
        + string.Concat(
            (await app.Lobbyist.GetItems($"/v1/resolutions/{id}/co-sponsors?limit=1000")).Select(s => s.ToJsonString())
        )
        + string.Concat((await app.Lobbyist.GetItems("/v1/contacts?limit=1000")).Select(s => s.ToJsonString()))
        + (await app.Admin.GetJson($"/v1/resolutions/{id}")).ToJsonString()
        + (await app.Admin.GetItems("/v1/changes?limit=1000")).Count;
}
