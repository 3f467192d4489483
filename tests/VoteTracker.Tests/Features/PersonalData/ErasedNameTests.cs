using System.Net.Http.Json;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Process;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>
/// A person whose name is in every text of a contact is erased. The name is then searched in everything that the service
/// stores, logs, exports and copies.
/// </summary>
[EveryEngine]
public sealed class ErasedNameTests
{
    private const string First = "Quetzalwyn";
    private const string Last = "Vandermeerk";
    private const string Name = $"{First} {Last}";

    // What must have the name before the erasure, and nothing afterwards.
    private static readonly string[] ColumnsWithName =
    [
        "comment.text",
        "contact.email",
        "contact.languages",
        "contact.name",
        "contact.notes",
        "contact.phone",
        "contact.title",
        "engagement.outcome",
        "engagement.summary",
        "engagement_change.outcome",
        "engagement_change.summary",
        "task.what",
        "task_change.what",
    ];

    [Test]
    public async Task The_name_of_an_erased_person_is_nowhere()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        await using var service = await Service.Start(
            folder,
            settings: ["--Metrics", "true", "--LogFormat", "json", "--Logging:LogLevel:Default", "Debug"]
        );
        using var admin = service.Client();
        var draft = await admin.OpenDraft(new { visibility = "positions" });
        var contact = await WriteEverywhere(admin, draft);
        var calendar = await admin.OwnCalendar();
        await Mistype(service, admin);
        var before = await Search(folder, service, admin, draft, contact, calendar);
        before.ShouldContain($"GET /v1/contacts/{contact}", "the search finds the name where it is");
        before.ShouldContain($"GET {calendar.Path}");
        before.ShouldContain($"GET /v1/contacts/{contact}/data");
        before.Where(place => !place.StartsWith("GET ", StringComparison.Ordinal)).ShouldBeInAnyOrder(ColumnsWithName);

        using var erased = await admin.Send(HttpMethod.Delete, $"/v1/contacts/{contact}?report=true");
        var report = await erased.Json();
        ((int)erased.StatusCode).ShouldBe(200, report.ToJsonString());
        report["mentions"]!.AsArray().ShouldBeEmpty();

        (await Search(folder, service, admin, draft, contact, calendar)).ShouldBeEmpty();
        (await SearchCopies(folder, elsewhere)).ShouldBeEmpty();
        (await service.Stop()).ShouldBe(0);
        SearchFiles(folder, service).ShouldBeEmpty("after the end too");
    }

    // Each text twice, so that it has a history, and with an Idempotency-Key, so that its response is stored.
    private static async Task<string> WriteEverywhere(HttpClient admin, string draft)
    {
        var contact = await Post(
            admin,
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = Name,
                title = $"Ambassador {Name}",
                office = "mission",
                email = $"{First}@example.org",
                phone = $"by {First}",
                languages = Last,
                notes = $"{Name} likes tea",
            }
        );
        await Change(admin, $"/v1/contacts/{contact}", new { notes = $"{Name} likes coffee" });
        var engagement = await Post(
            admin,
            "/v1/engagements",
            new
            {
                memberState = "NOR",
                contacts = new[] { contact },
                kind = "meeting",
                on = "2026-11-20",
                summary = $"{Name} spoke",
                outcome = $"{Last} agreed",
                tasks = new object[] { new { what = $"Thank {Name}" } },
            }
        );
        await Change(
            admin,
            $"/v1/engagements/{engagement}",
            new { summary = $"{Name} spoke long", outcome = $"{Last} will ask" }
        );
        await Post(
            admin,
            $"/v1/contacts/{contact}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = $"{First} called",
            }
        );
        var task = await Post(
            admin,
            "/v1/tasks",
            new
            {
                what = $"Write to {Name}",
                memberState = "NOR",
                contact,
                assignee = "me",
                dueOn = DateTime.UtcNow.Date.AddDays(3).ToString("yyyy-MM-dd", null),
            }
        );
        await Change(admin, $"/v1/tasks/{task}", new { what = $"Write to {Name} again" });
        await Post(admin, $"/v1/resolutions/{draft}/stances/NOR/comments", new { text = $"Ask {Name} first" });
        using var stance = await admin.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "meeting",
                contact,
            }
        );
        stance.EnsureSuccessStatusCode();
        return contact;
    }

    // What people type into a wrong place: a query, a body with a fault, a header, the page of another client.
    private static async Task Mistype(Service service, HttpClient admin)
    {
        using var anonymous = service.Client(key: null);
        foreach (var client in (HttpClient[])[admin, anonymous])
        {
            foreach (
                var path in (string[])
                    [
                        $"/v1/contacts?search={Name}",
                        $"/v1/engagements?contact={First}",
                        $"/{First}",
                        $"/?{First}={Last}",
                    ]
            )
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add("User-Agent", First);
                request.Headers.Add("X-Request-Id", Last);
                using var answer = await client.SendAsync(request);
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            }
            using var wrong = await client.PostAsJsonAsync("/v1/contacts", new { name = Name, office = Last });
            ((int)wrong.StatusCode).ShouldBeOneOf(400, 401);
        }
    }

    // Where the name is: a column, a file, the log, or a response.
    private static async Task<List<string>> Search(
        string folder,
        Service service,
        HttpClient admin,
        string draft,
        string contact,
        CalendarAddress calendar
    )
    {
        var found = SearchFiles(folder, service);
        var paths = RoutesAndRolesTests
            .Lines.Where(line => line.Method == "GET" && !line.Pattern.Contains("stream", StringComparison.Ordinal))
            .SelectMany(line => Formats(RouteRequests.PathOf(line, draft, contact)))
            .Append(calendar.Path)
            .Append("/metrics")
            .Append("/v1/audit?limit=1000")
            .Append("/v1/changes?limit=1000")
            .ToList();
        paths.Count.ShouldBeGreaterThan(150);
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            using var answer = await admin.GetAsync(path);
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            if (HasName(FileSearch.TextOf(await answer.Content.ReadAsByteArrayAsync())))
            {
                found.Add($"GET {path}");
            }
        }
        return found;
    }

    // The tables of exports have these formats; the matrix has one of them as JSON.
    private static string[] Formats(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) && path.Contains("/export/", StringComparison.Ordinal)
            ? [path, Path.ChangeExtension(path, "csv"), Path.ChangeExtension(path, "xlsx")]
            : [path];

    private static List<string> SearchFiles(string folder, Service service)
    {
        var found = FileSearch.FindColumns(folder, HasName);
        found.AddRange(Databases.Dump(folder).Where(HasName));
        found.AddRange(FileSearch.FindFiles(folder, HasName));
        found.AddRange(service.Output.Split('\n').Where(HasName));
        return found;
    }

    // A backup, an archive and a copy in another database, made after the erasure.
    private static async Task<List<string>> SearchCopies(string folder, string elsewhere)
    {
        var copy = Path.Combine(elsewhere, "votetracker.db");
        List<string[]> commands =
        [
            ["copy", "--from", Databases.Setting(folder), "--to", $"Data Source={copy}"],
        ];
        if (!Databases.ArePostgres)
        {
            commands.Add(["backup", Path.Combine(elsewhere, "backup.db")]);
            commands.Add(["backup", Path.Combine(elsewhere, "backup.db.gz"), "--compress"]);
        }
        foreach (var command in commands)
        {
            var (exitCode, output) = await Service.Run(folder, command);
            exitCode.ShouldBe(0, output);
            HasName(output).ShouldBeFalse(output);
        }
        var found = FileSearch.FindFiles(elsewhere, HasName).ToList();
        found.AddRange(FileSearch.FindColumnsOfFile(copy, HasName));
        return found;
    }

    private static bool HasName(string text) =>
        text.Contains(First, StringComparison.OrdinalIgnoreCase)
        || text.Contains(Last, StringComparison.OrdinalIgnoreCase);

    private static async Task<string> Post(HttpClient client, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["id"]!.ToString();
    }

    private static async Task Change(HttpClient client, string path, object change)
    {
        using var answer = await client.Send(HttpMethod.Patch, path, change);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
