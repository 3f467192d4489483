namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Every GET by every role, of each kind of resolution, with each kind of HTTP condition and range.</summary>
internal static class Reads
{
    private static readonly string[] Others = [Stage.Private, Stage.TallyOnly, Stage.Decided, Stage.Adopted];

    private static readonly string[] Accepted =
    [
        "text/csv",
        "application/json",
        "application/x-ndjson",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/html, application/json;q=0.5, */*;q=0.1",
        "application/json;q=0, text/csv",
        "application/json;q=0",
        "*/*",
        "image/png",
        "TEXT/CSV",
        "not a type",
        "",
    ];

    public static async Task Play(Stage stage)
    {
        foreach (var operation in Operation.All.Where(o => o.IsRead))
        {
            foreach (var role in Stage.Roles)
            {
                await stage.Play(stage.RequestOf(operation, role));
            }
            foreach (var resolution in operation.IsOfResolution ? Others : [])
            {
                foreach (var role in (string[])["anonymous", "viewer", "lobbyist"])
                {
                    await stage.Play(stage.RequestOf(operation, role, resolution));
                }
            }
            await Variants(stage, operation);
            await Conditions(stage, operation);
            await Queries(stage, operation);
        }
        await Lists(stage);
        await Exports(stage);
        await Streams(stage);
        await Moments(stage);
    }

    private static async Task Variants(Stage stage, Operation operation)
    {
        var role = "coordinator";
        var path = stage.PathOf(operation, ListFor(operation));
        var (address, query) = path.Split('?') is [var a, var q] ? (a, "?" + q) : (path, "");
        await stage.Send("anonymous", "HEAD", path);
        await stage.Send("admin", "HEAD", path);
        await stage.Get(role, $"{address}/{query}");
        await stage.Get(role, Upper(operation, address) + query);
        await stage.Get(role, Encoded(stage, address) + query);
        foreach (var name in (string[])["id", "iso3", "name", "format"])
        {
            var value = $"{{{name}}}";
            if (operation.Path.Contains(value, StringComparison.Ordinal))
            {
                foreach (var wrong in (string[])["nothing", "a%2Fb"])
                {
                    await stage.Get("admin", PathWith(stage, operation, value, wrong) + query);
                }
            }
        }
    }

    private static async Task Conditions(Stage stage, Operation operation)
    {
        var path = stage.PathOf(operation, ListFor(operation));
        if (operation.IsStream)
        {
            return;
        }
        var tag = (await stage.Ask(new RawRequest("admin", "GET", path))).Header("ETag");
        foreach (
            var condition in tag is null
                ? ["*"]
                : (string[])[tag, $"W/{tag}", $"\"other\", {tag}", "\"other\"", "*", "nonsense", tag.Trim('"')]
        )
        {
            await stage.Get("admin", path, $"If-None-Match: {condition}");
        }
        if (tag is not null)
        {
            await stage.Send("viewer", "HEAD", path, $"If-None-Match: {tag}");
            await stage.Get("anonymous", path, $"If-None-Match: {tag}");
        }
    }

    private static async Task Queries(Stage stage, Operation operation)
    {
        var path = stage.PathOf(operation, ListFor(operation)).Split('?')[0];
        // The files of the exports read the same parameters as the addresses without an ending.
        var all = operation.Queries.Where(_ => !operation.Id.EndsWith("File", StringComparison.Ordinal)).ToList();
        await stage.Get("admin", path + "?unheardOf=1");
        foreach (var (name, value) in all)
        {
            foreach (
                var query in (string[])
                    [$"{name}={value}", $"{name}=nonsense", $"{name}=", $"{name}={value}&{name}={value}"]
            )
            {
                await stage.Get("admin", $"{path}?{query}");
            }
        }
        if (all.Count > 0)
        {
            await stage.Get("admin", $"{path}?{all[0].Name.ToUpperInvariant()}=nonsense");
            await stage.Get("admin", $"{path}?{string.Join('&', all.Select(p => $"{p.Name}=%00nonsense"))}");
        }
    }

    private static async Task Lists(Stage stage)
    {
        foreach (
            var path in (string[])
                [
                    "/v1/sessions?limit=3",
                    "/v1/sessions?limit=0",
                    "/v1/sessions?limit=1001",
                    "/v1/member-states?kind=observer",
                    "/v1/member-states?kind=former&limit=2",
                    "/v1/member-states?group=african-states&on=1970-01-01&limit=5",
                    "/v1/member-states?group=nothing",
                    "/v1/resolutions?session=es-10&kind=draft&status=drafting&include=tally&limit=3",
                    "/v1/resolutions?parent=es-10-l-34",
                    "/v1/resolutions?limit=2&session=es-11",
                    "/v1/changes?limit=4",
                    $"/v1/resolutions/{Stage.Public}/stances?limit=3",
                    $"/v1/resolutions/{Stage.Public}/stances?position=no&certainty=leaning&group=nam",
                    $"/v1/resolutions/{Stage.Public}/co-sponsors?status=signed&limit=1",
                    $"/v1/resolutions/{Stage.Public}/stances/ZAF/history?limit=1",
                    $"/v1/resolutions/{Stage.Public}/tally/timeline?limit=2&step=PT2M",
                    "/v1/member-states/ZAF/votes?session=es-10&limit=2",
                    "/v1/contacts?memberState=ZAF",
                ]
        )
        {
            foreach (var role in (string[])["anonymous", "viewer", "admin"])
            {
                var response = await stage.Get(role, path);
                if (response.Header("Link") is { } link)
                {
                    await stage.Get(role, link[1..link.IndexOf('>', StringComparison.Ordinal)]);
                }
            }
        }
    }

    private static async Task Exports(Stage stage)
    {
        foreach (
            var operation in Operation.All.Where(o =>
                o.IsRead && (o.Path.Contains("/export/", StringComparison.Ordinal) || o.Id == "GetBreakdown")
            )
        )
        {
            var path = stage.PathOf(operation, ListFor(operation));
            if (operation.Path.EndsWith("{format}", StringComparison.Ordinal))
            {
                foreach (var format in (string[])["csv", "json", "ndjson", "xlsx", "exe", "CSV", "csv.gz"])
                {
                    var file = path[..^"csv".Length] + format;
                    await stage.Get("anonymous", file, "Accept: application/json");
                    await stage.Get("viewer", file);
                    await stage.Send("viewer", "HEAD", file);
                }
                continue;
            }
            foreach (var type in Accepted)
            {
                await stage.Get("viewer", path, $"Accept: {type}");
            }
            await stage.Get("viewer", path, "Accept: image/png", "Accept: application/json");
        }
    }

    private static async Task Streams(Stage stage)
    {
        foreach (var path in (string[])[$"/v1/resolutions/{Stage.Public}/tally/stream", "/v1/stream"])
        {
            foreach (var last in (string[])["1", "nonsense", "999999999", ""])
            {
                await stage.Get("viewer", path, $"Last-Event-ID: {last}");
            }
            await stage.Get("viewer", path, "Accept: application/json");
        }
        var first = await stage.Ask(new RawRequest("viewer", "GET", $"/v1/resolutions/{Stage.Public}/tally/stream"));
        var id = first.BodyText.Split('\n').First(l => l.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..];
        await stage.Play(
            new RawRequest("viewer", "GET", $"/v1/resolutions/{Stage.Public}/tally/stream")
            {
                Headers = [$"Last-Event-ID: {id}"],
                Blocks = 1,
            }
        );
    }

    private static async Task Moments(Stage stage)
    {
        foreach (var operation in Operation.All.Where(o => o.IsRead && o.Queries.Any(q => q.Name == "asOf")))
        {
            var path = stage.PathOf(operation, ListFor(operation));
            foreach (
                var moment in (string[])
                    [
                        "2026-11-21T15:12:00Z",
                        "2026-11-21T10:12:00-05:00",
                        "2020-01-01T00:00:00Z",
                        "2026-11-21",
                        "2030-01-01T00:00:00Z",
                    ]
            )
            {
                await stage.Get("viewer", $"{path}?asOf={moment}");
                await stage.Get("anonymous", $"{path}?asOf={moment}");
            }
        }
    }

    /// <summary>A resolution that has what the operation shows.</summary>
    public static string ListFor(Operation operation) =>
        operation.Path.Contains("/roll-call", StringComparison.Ordinal)
        || operation.Id is "GetCohesion" or "GetCalibration"
            ? Stage.Adopted
            : Stage.Public;

    /// <summary>The address with another value for one of its parts.</summary>
    public static string PathWith(Stage stage, Operation operation, string part, string value)
    {
        var changed = operation with { Path = operation.Path.Replace(part, value, StringComparison.Ordinal) };
        return stage.PathOf(changed, ListFor(operation)).Split('?')[0];
    }

    // The words of the route in capitals; ids and codes stay.
    private static string Upper(Operation operation, string address) =>
        string.Join(
            '/',
            address
                .Split('/')
                .Zip(operation.Path.Split('/'))
                .Select(part =>
                    part.Second.Contains('{', StringComparison.Ordinal) ? part.First : part.First.ToUpperInvariant()
                )
        );

    // The first letter of the last part as its code; a random id stays as it is.
    private static string Encoded(Stage stage, string address)
    {
        var last = stage.Ids.Values.Any(id => address.EndsWith(id, StringComparison.Ordinal))
            ? 1
            : address.LastIndexOf('/') + 1;
        return $"{address[..last]}%{(int)address[last]:X2}{address[(last + 1)..]}";
    }
}
