// Reads a stance, a tally and a roll call of a running service with the generated clients, and compares every field.
//   clients ADDRESS KEY
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using VoteTracker.Clients;
using Kiota = VoteTracker.Clients.Kiota;
using NSwag = VoteTracker.Clients.NSwag;

var (address, key) = (args[0], args[1]);
using var admin = new HttpClient { BaseAddress = new Uri(address) };
admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
using var anonymous = new HttpClient { BaseAddress = new Uri(address) };

await Post(
    "/v1/resolutions",
    """{"symbol":"A/ES-10/L.99","title":"A draft","session":"es-10","kind":"draft","visibility":"positions"}"""
);
var contact = (await Post("/v1/contacts", """{"memberState":"ZAF","name":"Desk","office":"mission"}"""))
    .GetProperty("id")
    .GetString();

await WithKiota();
await WithNSwag();
Console.WriteLine($"{Same.Compared} values compared");
return;

async Task WithKiota()
{
    var client = KiotaFor(admin);
    var stances = client.V1.Resolutions["es-10-l-99"].Stances;
    await stances["ZAF"]
        .PutAsync(
            new Kiota.Models.RecordStanceRequest
            {
                Position = Kiota.Models.RecordStanceRequest_position.Abstain,
                Certainty = Kiota.Models.Certainty.Likely,
                Evidence = Kiota.Models.Evidence.NoteVerbale,
                EvidenceUrl = "https://example.org/note",
                Note = "First",
                Contact = contact,
            },
            request => request.Headers.Add("If-None-Match", "*")
        );
    var changed = await stances["ZAF"]
        .PatchAsync(new Kiota.Models.StancePatch { Note = "Second" }, request => request.Headers.Add("If-Match", "*"));
    Expect(changed is { Note: "Second", Position: Kiota.Models.Position.Abstain }, "Kiota's patch");
    try
    {
        await stances["ZAF"]
            .PatchAsync(
                new Kiota.Models.StancePatch { Note = "x" },
                request => request.Headers.Add("If-Match", "\"1\"")
            );
        throw new InvalidOperationException("A version that is not current was accepted.");
    }
    catch (Kiota.Models.VersionConflictOfStance conflict)
    {
        Expect(conflict.Current?.Note == "Second", "Kiota's conflict");
    }
    Same.As(await stances["ZAF"].GetAsync(), await Get(admin, "es-10-l-99/stances/ZAF"), "Kiota: stance");
    Same.As(await stances["KEN"].GetAsync(), await Get(admin, "es-10-l-99/stances/KEN"), "Kiota: unknown");
    Same.As(
        await KiotaFor(anonymous).V1.Resolutions["es-10-l-99"].Stances["ZAF"].GetAsync(),
        await Get(anonymous, "es-10-l-99/stances/ZAF"),
        "Kiota: anonymous"
    );
    foreach (var id in (string[])["es-10-l-99", "es-10-27"])
    {
        Same.As(await client.V1.Resolutions[id].Tally.GetAsync(), await Get(admin, $"{id}/tally"), "Kiota: tally");
    }
    Same.As(
        await client.V1.Resolutions["es-10-27"].RollCall.GetAsync(),
        await Get(admin, "es-10-27/roll-call"),
        "Kiota: roll call"
    );
}

async Task WithNSwag()
{
    var client = new NSwag.Client(admin);
    var changed = await client.ChangeStanceAsync(
        "es-10-l-99",
        "ZAF",
        "*",
        null,
        new NSwag.StancePatch { Note = "Third" }
    );
    Expect(
        changed is { Note: "Third", Position: NSwag.Position.Abstain, Certainty: NSwag.Certainty.Likely },
        "NSwag's patch"
    );
    try
    {
        await client.ChangeStanceAsync("es-10-l-99", "ZAF", "\"1\"", null, new NSwag.StancePatch { Note = "x" });
        throw new InvalidOperationException("A version that is not current was accepted.");
    }
    catch (NSwag.ApiException<NSwag.VersionConflictOfStance> conflict)
    {
        Expect(conflict.Result.Current?.Note == "Third", "NSwag's conflict");
    }
    Same.As(
        await client.GetStanceAsync("es-10-l-99", "ZAF", null, null, null),
        await Get(admin, "es-10-l-99/stances/ZAF"),
        "NSwag: stance"
    );
    Same.As(
        await client.GetStanceAsync("es-10-l-99", "KEN", null, null, null),
        await Get(admin, "es-10-l-99/stances/KEN"),
        "NSwag: unknown"
    );
    Same.As(
        await new NSwag.Client(anonymous).GetStanceAsync("es-10-l-99", "ZAF", null, null, null),
        await Get(anonymous, "es-10-l-99/stances/ZAF"),
        "NSwag: anonymous"
    );
    foreach (var id in (string[])["es-10-l-99", "es-10-27"])
    {
        Same.As(
            await client.GetTallyAsync(id, null, null, null, null, null),
            await Get(admin, $"{id}/tally"),
            "NSwag: tally"
        );
    }
    Same.As(
        await client.GetRollCallAsync("es-10-27", null, null),
        await Get(admin, "es-10-27/roll-call"),
        "NSwag: roll call"
    );
}

Kiota.Client KiotaFor(HttpClient http) =>
    new(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = address });

async Task<JsonElement> Get(HttpClient http, string path) =>
    await http.GetFromJsonAsync<JsonElement>($"/v1/resolutions/{path}");

async Task<JsonElement> Post(string path, string json)
{
    using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
    using var response = await admin.PostAsync(path, content);
    response.EnsureSuccessStatusCode();
    return await response.Content.ReadFromJsonAsync<JsonElement>();
}

static void Expect(bool holds, string what)
{
    if (!holds)
    {
        throw new InvalidOperationException($"{what} is wrong.");
    }
}
