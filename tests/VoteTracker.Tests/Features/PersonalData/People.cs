using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Records with texts about a person, in every table that has such texts.</summary>
internal static class People
{
    /// <summary>The first word of each text.</summary>
    public const string Marker = "Zyxwv";

    /// <summary>Writes each text twice, so that each has a history. Returns the address of the contact.</summary>
    public static async Task<string> Write(App app)
    {
        var id = await app.OpenDraft();
        var lobbyist = app.Lobbyist;
        var contact = await Post(
            lobbyist,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = $"{Marker} Ångström",
                title = Text("title"),
                office = "mission",
                email = $"{Marker}@example.org",
                phone = Text("1"),
                languages = Text("languages"),
                notes = Text("notes"),
            }
        );
        var engagement = await Post(
            lobbyist,
            "/v1/engagements",
            new
            {
                memberState = "NOR",
                contacts = new[] { contact.Split('/')[^1] },
                kind = "call",
                on = "2026-11-20",
                summary = Text("summary"),
                outcome = Text("outcome"),
            }
        );
        await Change(lobbyist, engagement, $$"""{"summary": "{{Text("new summary")}}"}""");
        var task = await Post(
            lobbyist,
            "/v1/tasks",
            new
            {
                what = Text("task"),
                memberState = "NOR",
                contact = contact.Split('/')[^1],
            }
        );
        await Change(lobbyist, task, $$"""{"what": "{{Text("new task")}}"}""");
        await Post(lobbyist, $"/v1/resolutions/{id}/stances/NOR/comments", new { text = Text("comment") });
        await Put(
            lobbyist,
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = Text("note"),
                reason = Text("reason"),
                contact = contact.Split('/')[^1],
            }
        );
        await Put(
            lobbyist,
            $"/v1/resolutions/{id}/co-sponsors/NOR",
            new
            {
                status = "approached",
                role = "additional",
                note = Text("note of a co-sponsor"),
            }
        );
        return contact;
    }

    /// <summary>Reads the texts through the API.</summary>
    public static async Task<List<string>> Read(App app)
    {
        var lobbyist = app.Lobbyist;
        var id = "es-10-l-34";
        var texts = new List<string>();
        var contact = (await lobbyist.GetItems("/v1/contacts?limit=1000")).Single(c => c["title"] is not null);
        Add(contact, "name", "title", "email", "phone", "languages", "notes");
        Add((await lobbyist.GetItems("/v1/engagements")).Single(), "summary", "outcome");
        Add((await lobbyist.GetItems("/v1/engagements/1/history"))[0], "summary");
        Add((await lobbyist.GetItems("/v1/tasks")).Single(), "what");
        Add((await lobbyist.GetItems("/v1/tasks/1/history"))[0], "what");
        Add((await lobbyist.GetItems($"/v1/resolutions/{id}/stances/NOR/comments")).Single(), "text");
        Add(await lobbyist.GetJson($"/v1/resolutions/{id}/stances/NOR"), "note");
        Add((await lobbyist.GetItems($"/v1/resolutions/{id}/co-sponsors/NOR/history")).Single(), "note");
        return texts;

        void Add(JsonNode node, params string[] fields) =>
            texts.AddRange(fields.Select(field => node[field]!.GetValue<string>()));
    }

    private static string Text(string what) => $"{Marker} and the {what}";

    private static async Task<string> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private static async Task Put(HttpClient client, string path, object body)
    {
        using var answer = await client.Send(HttpMethod.Put, path, body, ifMatch: "*");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Change(HttpClient client, string path, string patch)
    {
        using var answer = await client.Patch(path, patch);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }
}
