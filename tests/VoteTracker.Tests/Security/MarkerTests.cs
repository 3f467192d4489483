using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Sharing;
using static VoteTracker.Tests.Security.Markers;

namespace VoteTracker.Tests.Security;

/// <summary>
/// Notes are in no response without a key, contacts in no response to a viewer, and neither is in any log. The tests request
/// every GET that the service lists, new ones included.
/// </summary>
public sealed partial class MarkerTests
{
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
        using var app = new App(settings: KeyRequests.LogsEverything);
        var (draft, contact) = await WriteEverywhere(app, visibility);
        if (voted)
        {
            await RecordVote(app, draft);
        }
        var imports = await app.Viewer.GetItems($"/v1/resolutions/{draft}/stances/imports");
        var import = imports.ShouldHaveSingleItem().Text("id")!;
        var secret = (await app.Share(draft, "positions")).Secret;
        var (byViewer, byLobbyist) = await Read(app, PathsOfCampaign(app, draft, contact, import, secret));
        // The markers are found: the roles that may see them do.
        byViewer.ShouldBeInAnyOrder(
            Marked(
                Note,
                "note",
                "reason",
                "evidenceUrl",
                "coSponsorNote",
                "ineligibilityNote",
                "step",
                "place",
                "organisation",
                "organisationUrl"
            )
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
            "comment",
            "view",
            "note",
            "from",
            "pressureNote",
        ];
        byLobbyist.ShouldBeInAnyOrder([.. byViewer, .. Marked(Contact, ofContacts)]);
        LogShouldHaveNoMarker(app, $"/v1/resolutions/{draft}");
    }

    [Test]
    public async Task Notes_and_contacts_are_in_no_table_of_the_record_for_any_role()
    {
        using var app = new App(settings: KeyRequests.LogsEverything);
        var (draft, _) = await WriteEverywhere(app, "positions");
        await RecordVote(app, draft);
        var (byViewer, byLobbyist) = await Read(app, PathsOfRecord(app));
        byViewer.ShouldBeEmpty();
        byLobbyist.ShouldBeEmpty();
        LogShouldHaveNoMarker(app, "/v1/export");
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

    /// <summary>Every GET that can have free text of the campaign, with each query.</summary>
    private static IEnumerable<string> PathsOfCampaign(
        App app,
        string draft,
        string contact,
        string import,
        string secret
    )
    {
        var gets = Gets(app).Where(r => !IsOfRecord(r)).ToList();
        gets.Count.ShouldBeGreaterThanOrEqualTo(22);
        foreach (var (route, format) in gets.SelectMany(r => FormatsOf(r).Select(f => (r, f))))
        {
            var path = route.Path(parameter =>
                (parameter, route.IsPage ? route.Pattern.Split('/')[1] : route.Pattern.Split('/')[2]) switch
                {
                    ("id", "resolutions" or "desk" or "embed" or "vote-day") => draft,
                    ("chapter", _) => "tally",
                    ("section", _) => "stances",
                    ("id", "contacts") => contact,
                    ("id", "engagements" or "tasks" or "council-vetoes") => "1",
                    ("id", "endorsements" or "acts" or "pressures") => "1",
                    ("id", "sessions") => "es-10",
                    ("id", "imports" or "webhooks") => "none",
                    ("milestone", _) => "1",
                    ("token", _) => "none",
                    ("importId", _) => import,
                    ("iso3", _) => "NOR",
                    ("name", _) => "plan-b",
                    ("format", _) => format,
                    ("secret", _) => secret,
                    ("picture", _) => "timeline",
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

    // The parameters of each query that the route declares, because the response to another one would only name it. A
    // query selects rows and a format writes them, so the path without a format has all queries.
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
        using var limit = new CancellationTokenSource(Hang.Limit);
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
