using System.Net.Http.Json;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Process;
using VoteTracker.Tests.Security;
using static VoteTracker.Tests.Features.PersonalData.RarePerson;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>
/// A person whose name is in every text of a contact is erased. The name is then searched in everything that the service
/// stores, logs, exports and copies.
/// </summary>
[EveryEngine]
public sealed class ErasedNameTests
{
    // The encrypted columns that have the name before the erasure. Of a stance and a co-sponsor only the history has it,
    // because a user has corrected the current text.
    private static readonly string[] ColumnsWithName =
    [
        "co_sponsor_change.note",
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
        "stance_change.note",
        "stance_change.reason",
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
        await WriteInOtherRecords(admin, draft);
        var mentions = (await admin.GetJson($"/v1/contacts/{contact}/data"))["mentions"]!.AsArray();
        OtherRecords(draft).ShouldBeSubsetOf(mentions.Select(mention => mention!["address"]!.GetValue<string>()));
        await Correct(admin, draft);
        var calendar = await admin.OwnCalendar();
        await Mistype(service, admin);
        var before = await Search(folder, service, admin, draft, contact, calendar);
        before.ShouldContain($"GET /v1/contacts/{contact}", "the search finds the name where it is");
        before.ShouldContain($"GET {calendar.Path}");
        before.ShouldContain($"GET /v1/contacts/{contact}/data");
        before.ShouldContain($"GET /v1/resolutions/{draft}/export/history.csv");
        before.Where(place => !place.Contains(' ', StringComparison.Ordinal)).ShouldBeInAnyOrder(ColumnsWithName);

        using var erased = await admin.Send(HttpMethod.Delete, $"/v1/contacts/{contact}?report=true");
        var report = await erased.Json();
        ((int)erased.StatusCode).ShouldBe(200, report.ToJsonString());
        report["mentions"]!.AsArray().ShouldBeEmpty(report.ToJsonString());
        // Of the stance its note and reason, of the milestone its name and note; of the others one text each.
        report["erasedEarlierTexts"]!.GetValue<int>().ShouldBe(7);

        (await Search(folder, service, admin, draft, contact, calendar)).ShouldBeEmpty();
        (await SearchCopies(folder, elsewhere)).ShouldBeEmpty();
        (await service.Stop()).ShouldBe(0);
        SearchFiles(folder, service).ShouldBeEmpty("after the end too");
    }

    // What people type into a wrong place: an id, a query, a body with a fault, a header, the page of another client.
    private static async Task Mistype(Service service, HttpClient admin)
    {
        using var anonymous = service.Client(key: null);
        foreach (var client in (HttpClient[])[admin, anonymous])
        {
            foreach (
                var path in (string[])
                    [
                        $"/v1/contacts?search={Name}",
                        $"/v1/contacts/{First}",
                        $"/v1/contacts/{Name}/data",
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
        found.AddRange(Databases.Dump(folder).Where(HasName).Select(row => $"row {row}"));
        found.AddRange(FileSearch.FindFiles(folder, HasName).Select(file => $"file {file}"));
        found.AddRange(service.Output.Split('\n').Where(HasName).Select(line => $"log {line}"));
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
}
