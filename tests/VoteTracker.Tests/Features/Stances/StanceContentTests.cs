using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Stances;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>Every field of a stance is recorded, exported, imported and patched, also one that is added later.</summary>
[EveryEngine]
public sealed class StanceContentTests
{
    private static readonly PropertyInfo[] Fields = typeof(StanceContent).GetProperties();

    [Test]
    public async Task An_import_that_changes_one_cell_keeps_every_other_field()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var (before, after) = await Samples(app);
        foreach (var changed in Fields)
        {
            await Record(app, id, before);
            (await Read(app, id)).ShouldBe(before, changed.Name);
            var sheet = Sheet.Open(await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv"));
            sheet["NOR", JsonNamingPolicy.SnakeCaseLower.ConvertName(changed.Name)] = FreeText.Guard(
                after[changed.Name]
            );
            using var csv = new ByteArrayContent(sheet.Save(Habits.All[0]));
            csv.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            using var import = await app.Coordinator.PostAsync($"/v1/resolutions/{id}/stances/import", csv);
            var json = await import.Json();
            import.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
            json.Int("unchanged").ShouldBe(192, changed.Name);
            (await Read(app, id)).ShouldBe(With(before, changed.Name, after[changed.Name]), changed.Name);
        }
    }

    [Test]
    public async Task A_patch_of_one_field_keeps_every_other_field()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var (before, after) = await Samples(app);
        foreach (var changed in Fields)
        {
            await Record(app, id, before);
            var patch = new JsonObject { [JsonName(changed.Name)] = ToJson(changed.Name, after[changed.Name]) };
            using var answer = await app.Lobbyist.Patch($"/v1/resolutions/{id}/stances/NOR", patch.ToJsonString(), "*");
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            (await Read(app, id)).ShouldBe(With(before, changed.Name, after[changed.Name]), changed.Name);
        }
    }

    [Test]
    public async Task The_past_of_a_stance_has_every_field()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var (before, after) = await Samples(app);
        await Record(app, id, before);
        var moment = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await Record(app, id, after);
        (await Read(app, id)).ShouldBe(after);
        (await Read(app, id, $"?asOf={moment:yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe(before);
    }

    // Two different values of each field, by the name of its property.
    private static async Task<(
        SortedDictionary<string, string> Before,
        SortedDictionary<string, string> After
    )> Samples(App app)
    {
        Fields.Length.ShouldBeGreaterThanOrEqualTo(6);
        var contacts = new[] { await AddContact(app, "First"), await AddContact(app, "Second") };
        var engagements = new[] { await AddEngagement(app), await AddEngagement(app) };
        return (Fill(0), Fill(1));

        SortedDictionary<string, string> Fill(int n) =>
            new(
                Fields.ToDictionary(
                    field => field.Name,
                    field =>
                        (Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType, field.Name) switch
                        {
                            (var type, _) when type == typeof(Position) => ((string[])["no", "yes"])[n],
                            (var type, _) when type == typeof(Certainty) => ((string[])["likely", "leaning"])[n],
                            (var type, _) when type == typeof(Evidence) => ((string[])["call", "meeting"])[n],
                            (_, nameof(StanceContent.Contact)) => contacts[n],
                            (_, nameof(StanceContent.Engagement)) => engagements[n],
                            (_, nameof(StanceContent.EvidenceUrl)) => $"https://example.org/{n}",
                            (var type, _) when type == typeof(DateOnly) => $"2026-12-0{n + 1}",
                            (var type, var name) when type == typeof(string) => $"= {name}, \"{n}\"; and more",
                            var (type, name) => throw new NotSupportedException($"{name} needs samples of {type}"),
                        },
                    StringComparer.Ordinal
                ),
                StringComparer.Ordinal
            );
    }

    private static async Task<string> AddContact(App app, string name)
    {
        using var added = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name,
                office = "mission",
            }
        );
        return (await added.Json()).Text("id")!;
    }

    private static async Task<string> AddEngagement(App app) =>
        (await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting()))["id"]!.ToJsonString();

    // A number is written without quotes.
    private static JsonNode? ToJson(string name, string value) =>
        name == nameof(StanceContent.Engagement) ? JsonNode.Parse(value) : value;

    private static async Task Record(App app, string id, IReadOnlyDictionary<string, string> fields)
    {
        var body = new JsonObject(
            fields.Select(field => KeyValuePair.Create(JsonName(field.Key), ToJson(field.Key, field.Value)))
        );
        using var answer = await app.Lobbyist.Put($"/v1/resolutions/{id}/stances/NOR", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<SortedDictionary<string, string>> Read(App app, string id, string query = "")
    {
        var stance = await app.Lobbyist.GetJson($"/v1/resolutions/{id}/stances/NOR{query}");
        return new(
            Fields.ToDictionary(
                field => field.Name,
                field => stance[JsonName(field.Name)]?.ToString() ?? "(missing)",
                StringComparer.Ordinal
            ),
            StringComparer.Ordinal
        );
    }

    private static SortedDictionary<string, string> With(
        SortedDictionary<string, string> fields,
        string name,
        string value
    ) => new(fields, StringComparer.Ordinal) { [name] = value };

    private static string JsonName(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
