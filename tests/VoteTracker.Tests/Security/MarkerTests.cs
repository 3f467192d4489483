using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Security;

/// <summary>
/// Each free text has a marker word. Notes are in no response without a key, contacts in no response to a viewer, and
/// neither is in any log or error. The tests request every GET that the service lists, new ones included.
/// </summary>
public sealed partial class MarkerTests
{
    private const string Note = "Quokkanote";
    private const string Contact = "Quokkacontact";
    private const string Sent = "Quokkasent";
    private const string Any = "Quokka";
    private const string AsOf = "?asOf=2026-11-21T15:00:00Z&by=bloc";

    private static readonly string[] Queries =
    [
        "",
        "?limit=1000&include=tally&by=nam",
        AsOf,
        "?from=2026-11-21T15:00:00Z&to=2026-11-21T15:00:00Z&step=1d",
        "?a=ZAF&b=NOR&session=es-10",
        "?status=signed&memberState=NOR&on=2026-11-21&counting=confirmed",
        "?position=yes&certainty=confirmed&group=western-european-and-other-states",
        "?asOf=nonsense&limit=0&cursor=x&after=x&position=x&status=x&by=x&counting=x&memberState=x&on=x&group=x&from=x&to=x&step=x&a=x&b=x&session=x",
    ];

    [TestCase("private", false)]
    [TestCase("tally", false)]
    [TestCase("positions", false)]
    [TestCase("private", true)]
    [TestCase("positions", true)]
    public async Task Notes_and_contacts_are_in_no_public_response_and_no_log(string visibility, bool voted)
    {
        using var app = new App(settings: KeysTests.LogsEverything);
        var (draft, contact) = await WriteEverywhere(app, visibility);
        if (voted)
        {
            await RecordVote(app, draft);
        }
        var (byViewer, byLobbyist) = await Read(app, PathsOfCampaign(app, draft, contact));
        // The markers are found: the roles that may see them do.
        byViewer.ShouldBeInAnyOrder(
            Marked(Note, "note", "reason", "evidenceUrl", "coSponsorNote", "ineligibilityNote")
        );
        string[] ofContacts =
        [
            "name",
            "title",
            "email",
            "phone",
            "languages",
            "notes",
            "summary",
            "outcome",
            "nextStep",
        ];
        byLobbyist.ShouldBeInAnyOrder([.. byViewer, .. Marked(Contact, ofContacts)]);
        LogShouldHaveNoMarker(app, $"/v1/resolutions/{draft}");
    }

    [Test]
    public async Task Notes_and_contacts_are_in_no_table_of_the_record_for_any_role()
    {
        using var app = new App(settings: KeysTests.LogsEverything);
        var (draft, _) = await WriteEverywhere(app, "positions");
        await RecordVote(app, draft);
        var (byViewer, byLobbyist) = await Read(app, PathsOfRecord(app));
        byViewer.ShouldBeEmpty();
        byLobbyist.ShouldBeEmpty();
        LogShouldHaveNoMarker(app, "/v1/export");
    }

    [Test]
    public async Task The_content_of_a_request_is_in_no_error_and_no_log()
    {
        using var app = new App(settings: KeysTests.LogsEverything);
        var (draft, contact) = await WriteEverywhere(app, "positions");
        var closed = await app.OpenDraft(new { status = "withdrawn", visibility = "tally" }, "A/ES-10/L.35");
        app.Log.Clear();
        var resolution = $"/v1/resolutions/{draft}";
        var stance = new JsonObject
        {
            ["position"] = "yes",
            ["certainty"] = "confirmed",
            ["evidence"] = "meeting",
            ["evidenceUrl"] = $"https://example.org/{Sent}",
            ["note"] = Sent,
            ["reason"] = Sent,
        };
        var coSponsor = new JsonObject
        {
            ["status"] = "signed",
            ["role"] = "main",
            ["note"] = Sent,
        };
        var person = new JsonObject
        {
            ["memberState"] = "NOR",
            ["name"] = Sent,
            ["title"] = Sent,
            ["office"] = "mission",
            ["email"] = $"{Sent}@example.org",
            ["phone"] = Sent,
            ["languages"] = Sent,
            ["notes"] = Sent,
        };
        var talk = new JsonObject
        {
            ["kind"] = "call",
            ["on"] = "2026-11-20",
            ["summary"] = Sent,
            ["outcome"] = Sent,
            ["nextStep"] = Sent,
        };
        var ineligibility = new JsonObject
        {
            ["from"] = "2026-11-20",
            ["reason"] = "other",
            ["note"] = Sent,
        };
        (HttpMethod Method, string Path, JsonObject Body, string Wrong)[] writes =
        [
            (HttpMethod.Put, $"{resolution}/stances/SWE", stance, "position"),
            (HttpMethod.Put, $"{resolution}/co-sponsors/SWE", coSponsor, "status"),
            (HttpMethod.Post, "/v1/contacts", person, "office"),
            (HttpMethod.Patch, $"/v1/contacts/{contact}", person, "office"),
            (HttpMethod.Post, $"/v1/contacts/{contact}/engagements", talk, "kind"),
            (HttpMethod.Put, "/v1/member-states/SWE/ineligibility", ineligibility, "reason"),
        ];
        var statuses = new HashSet<int>();
        foreach (var (method, path, body, wrong) in writes)
        {
            var good = body.ToJsonString();
            var bad = (JsonObject)body.DeepClone();
            bad[wrong] = 7;
            foreach (
                var json in (string[])
                    [
                        bad.ToJsonString(),
                        good[..^2],
                        $"[{good}]",
                        $"{{\"{wrong}\":\"{Sent}\",\"{wrong}\":\"{Sent}\",{good[1..]}",
                        good.Replace($"\"{Sent}\"", $"\"{Sent}\\u0000\"", StringComparison.Ordinal),
                        good.Replace($"\"{Sent}\"", $"[\"{Sent}\"]", StringComparison.Ordinal),
                        good.Replace($"\"{Sent}\"", $"\"{new string('x', 5_000)}{Sent}\"", StringComparison.Ordinal),
                    ]
            )
            {
                await Refused(app.Coordinator, method, path, json, 400);
            }
            await Refused(app.Coordinator, method, path, good, 415, contentType: "text/plain");
            await Refused(app.Coordinator, method, path, good + new string(' ', 1_100_000), 413);
            await Refused(app.Anonymous, method, path, good, 401);
            await Refused(app.Viewer, method, path, good, 403);
            if (method != HttpMethod.Post && !path.EndsWith("ineligibility", StringComparison.Ordinal))
            {
                await Refused(app.Coordinator, method, path, good, 428, ifMatch: null);
                await Refused(app.Coordinator, method, path, good, 412, ifMatch: "\"999\"");
            }
            if (path.Contains(draft, StringComparison.Ordinal))
            {
                var elsewhere = path.Replace(draft, "nowhere", StringComparison.Ordinal);
                await Refused(app.Coordinator, method, elsewhere, good, 404);
            }
            if (path.Contains(contact, StringComparison.Ordinal))
            {
                var elsewhere = path.Replace(contact, "nobody", StringComparison.Ordinal);
                await Refused(app.Coordinator, method, elsewhere, good, 404);
            }
        }
        await Refused(
            app.Lobbyist,
            HttpMethod.Put,
            $"/v1/resolutions/{closed}/stances/SWE",
            stance.ToJsonString(),
            409
        );
        statuses.ShouldBeInAnyOrder([400, 401, 403, 404, 409, 412, 413, 415, 428]);
        LogShouldHaveNoMarker(app, $"/v1/resolutions/{draft}");

        async Task Refused(
            HttpClient client,
            HttpMethod method,
            string path,
            string json,
            int status,
            string contentType = "application/json",
            string? ifMatch = "*"
        )
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = new StringContent(json, Encoding.UTF8, contentType),
            };
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
            }
            using var answer = await client.SendAsync(request);
            var problem = await answer.ShouldBeProblem(status);
            problem.ToJsonString().ShouldNotContain(Sent, customMessage: $"{method} {path} {status}");
            statuses.Add(status);
        }
    }

    [Test]
    public async Task A_conflict_shows_the_contact_of_the_current_stance_only_to_lobbyists()
    {
        using var app = new App();
        var (draft, contact) = await WriteEverywhere(app, "positions");
        foreach (
            var path in (string[])
                [
                    $"/v1/resolutions/{draft}/stances/NOR",
                    $"/v1/resolutions/{draft}/co-sponsors/NOR",
                    $"/v1/contacts/{contact}",
                ]
        )
        {
            foreach (var (client, status) in ((HttpClient, int)[])[(app.Anonymous, 401), (app.Viewer, 403)])
            {
                using var refused = await client.Send(HttpMethod.Delete, path, ifMatch: "\"999\"");
                (await refused.ShouldBeProblem(status)).ToJsonString().ShouldNotContain(Any);
            }
            using var conflict = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"999\"");
            (await conflict.ShouldBeProblem(412))["current"]!.ToJsonString().ShouldContain(Any);
        }
    }

    /// <summary>Marks every free text of one resolution and one member.</summary>
    private static async Task<(string Draft, string Contact)> WriteEverywhere(App app, string visibility)
    {
        var draft = await app.OpenDraft(new { visibility });
        using var added = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = Contact + "name",
                title = Contact + "title",
                office = "mission",
                email = Contact + "email@example.org",
                phone = Contact + "phone",
                languages = Contact + "languages",
                notes = Contact + "notes",
            }
        );
        var contact = (await Created(added))["id"]!.GetValue<string>();
        using var logged = await app.Lobbyist.PostAsJsonAsync(
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = Contact + "summary",
                outcome = Contact + "outcome",
                nextStep = Contact + "nextStep",
            }
        );
        await Created(logged);
        using var stance = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "call",
                evidenceUrl = $"https://example.org/{Note}evidenceUrl",
                note = Note + "note",
                reason = Note + "reason",
                contact,
            }
        );
        await Created(stance);
        using var coSponsor = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new
            {
                status = "signed",
                role = "main",
                note = Note + "coSponsorNote",
            }
        );
        await Created(coSponsor);
        using var entered = await app.Coordinator.Send(
            HttpMethod.Put,
            "/v1/member-states/NOR/ineligibility",
            new
            {
                from = "2026-11-25",
                reason = "other",
                note = Note + "ineligibilityNote",
            }
        );
        await Created(entered);
        return (draft, contact);
    }

    private static async Task<JsonNode> Created(HttpResponseMessage answer)
    {
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    private static async Task RecordVote(App app, string draft)
    {
        using var coordinator = app.Coordinator;
        using var recorded = await coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Requests each path once in each role, and checks each response. Returns the markers in the responses to a viewer
    /// and to a lobbyist.
    /// </summary>
    private static async Task<(HashSet<string> ByViewer, HashSet<string> ByLobbyist)> Read(
        App app,
        IEnumerable<string> paths
    )
    {
        using var anonymous = app.Anonymous;
        using var viewer = app.Viewer;
        using var lobbyist = app.Lobbyist;
        using var admin = app.Admin;
        var (byViewer, byLobbyist) = (new HashSet<string>(), new HashSet<string>());
        foreach (var path in paths)
        {
            (await Text(app, anonymous, path)).ShouldNotContain(Any, customMessage: path);
            var seen = await Text(app, viewer, path);
            seen.ShouldNotContain(Contact, customMessage: path);
            byViewer.UnionWith(MarkersOf(seen));
            byLobbyist.UnionWith(MarkersOf(await Text(app, lobbyist, path)));
            await Text(app, admin, path);
        }
        return (byViewer, byLobbyist);
    }

    private static IEnumerable<string> MarkersOf(string text) => Marker().Matches(text).Select(m => m.Value);

    private static IEnumerable<string> Marked(string marker, params string[] fields) => fields.Select(f => marker + f);

    private static void LogShouldHaveNoMarker(App app, string requested)
    {
        app.Log.ShouldContain(line => line.Contains(requested, StringComparison.Ordinal));
        app.Log.ShouldNotContain(line => line.Contains(Any, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Every GET that can have free text of the campaign, with each query.</summary>
    private static IEnumerable<string> PathsOfCampaign(App app, string draft, string contact)
    {
        var gets = Gets(app).Where(r => !IsOfRecord(r)).ToList();
        gets.Count.ShouldBeGreaterThanOrEqualTo(22);
        foreach (var (route, format) in gets.SelectMany(r => FormatsOf(r).Select(f => (r, f))))
        {
            var path = route.Path(parameter =>
                (parameter, route.Pattern.Split('/')[2]) switch
                {
                    ("id", "resolutions") => draft,
                    ("id", "contacts") => contact,
                    ("id", "sessions") => "es-10",
                    ("id", "imports") => "none",
                    ("iso3", _) => "NOR",
                    ("name", _) => "plan-b",
                    ("format", _) => format,
                    _ => throw new InvalidOperationException($"{route}: give '{parameter}' a value here."),
                }
            );
            foreach (var query in QueriesOf(route))
            {
                yield return path + query;
            }
        }
        yield return "/";
        yield return "/v1/nothing";
    }

    /// <summary>Every GET of the whole record, and the contract: the campaign changes none of them.</summary>
    private static IEnumerable<string> PathsOfRecord(App app)
    {
        var gets = Gets(app).Where(IsOfRecord).ToList();
        gets.Count.ShouldBeGreaterThanOrEqualTo(9);
        return gets.SelectMany(r => FormatsOf(r).Select(format => r.Path(_ => format))).Append("/openapi/v1.json");
    }

    private static IEnumerable<ServedRoute> Gets(App app) => ServedRoute.All(app).Where(r => r.Method == "GET");

    private static bool IsOfRecord(ServedRoute route) =>
        route.Pattern.StartsWith("/v1/export", StringComparison.Ordinal);

    // Of each query, the parameters that the route declares: with another one the response would only name that. A query
    // selects rows and a format writes them: the path without a format has all queries.
    private static IEnumerable<string> QueriesOf(ServedRoute route)
    {
        var known = route.Endpoint.Metadata.GetOrderedMetadata<QueryParameter>().Select(p => p.Name).ToHashSet();
        var queries = route.Pattern.EndsWith(".{format}", StringComparison.Ordinal) ? ["", AsOf] : Queries;
        return queries
            .Select(query => query.TrimStart('?').Split('&').Where(part => known.Contains(part.Split('=')[0])))
            .Select(parts => string.Join('&', parts))
            .Select(query => query.Length == 0 ? "" : $"?{query}")
            .Distinct()
            .Append("?unheardOf=1");
    }

    /// <summary>What is in a package or a spreadsheet, packages in it too.</summary>
    private static string Unpacked(byte[] package)
    {
        var all = new StringBuilder();
        using var zip = new ZipArchive(new MemoryStream(package));
        zip.Entries.ShouldNotBeEmpty();
        foreach (var entry in zip.Entries)
        {
            using var content = new StreamReader(entry.Open());
            all.Append(entry.FullName).Append(content.ReadToEnd());
        }
        return all.ToString();
    }

    private static string[] FormatsOf(ServedRoute route) =>
        route.Pattern.EndsWith(".{format}", StringComparison.Ordinal)
            ? [.. route.Endpoint.Metadata.GetRequiredMetadata<PathParameter>().Words]
            : [""];

    /// <summary>The headers and the body of a response; of a stream, all that it sends before its first heartbeat.</summary>
    private static async Task<string> Text(App app, HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "application/json").ShouldBeTrue();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)answer.StatusCode).ShouldBeLessThan(500, path);
        var headers = answer.ToString();
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            var body = await answer.Content.ReadAsByteArrayAsync();
            return headers + (body.AsSpan().StartsWith("PK"u8) ? Unpacked(body) : Encoding.UTF8.GetString(body));
        }
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        var all = new StringBuilder(headers).AppendLine(await reader.ReadLineAsync(limit.Token));
        // The stream is open. It sends what is current, then the heartbeat that the clock causes.
        app.Clock.Advance(TimeSpan.FromSeconds(15));
        while (await reader.ReadLineAsync(limit.Token) is { } line && line != ":")
        {
            all.AppendLine(line);
        }
        return all.ToString();
    }

    [GeneratedRegex("Quokka(note|contact)[A-Za-z]+")]
    private static partial Regex Marker();
}
