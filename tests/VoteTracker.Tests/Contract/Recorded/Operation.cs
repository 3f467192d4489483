using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>An operation of the contract file, and what its requests consist of.</summary>
internal sealed record Operation(string Id, string Method, string Path, JsonObject Description)
{
    private static readonly JsonNode Document = JsonNode.Parse(Repository.Read("openapi/votetracker.v1.json"))!;

    private readonly Regex _pattern = new(
        $"^{Regex.Replace(Regex.Escape(Path), @"\\{\w+}", "[^/]+")}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>All operations, in the order of the contract.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new Operation(
            operation.Value!["operationId"]!.GetValue<string>(),
            operation.Key.ToUpperInvariant(),
            path.Key,
            operation.Value.AsObject()
        ),
    ];

    public bool IsRead => Method == "GET";

    /// <summary>Whether its caller names a version.</summary>
    public bool IsConditional => Description["responses"]!["428"] is not null;

    /// <summary>Whether it takes an `Idempotency-Key`.</summary>
    public bool IsRepeatable => Parameters("header").Any(p => p.Name == "Idempotency-Key");

    public bool IsOfResolution => Path.StartsWith("/v1/resolutions/{id}", StringComparison.Ordinal);

    public bool IsStream => Path.EndsWith("/stream", StringComparison.Ordinal);

    /// <summary>The query parameters, each with a value that fits.</summary>
    public IEnumerable<(string Name, string Value)> Queries => Parameters("query");

    /// <summary>The JSON body of the example, or null where the operation takes none.</summary>
    public JsonObject? Example => Content?["example"]?.DeepClone().AsObject();

    /// <summary>The fields of the JSON body: name, whether it is text, whether it is required, and the longest text.</summary>
    public IEnumerable<(string Name, bool IsText, bool IsRequired, int? MaxLength)> Fields
    {
        get
        {
            if (Content is not { } content)
            {
                yield break;
            }
            var schema = Resolve(content["schema"]!);
            var required = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToList() ?? [];
            foreach (var (name, says) in schema["properties"]!.AsObject())
            {
                var isText = says!["$ref"] is not null || Types(says).Contains("string");
                yield return (name, isText, required.Contains(name), says["maxLength"]?.GetValue<int>());
            }
        }
    }

    private JsonNode? Content => Description["requestBody"]?["content"]?["application/json"];

    /// <summary>The operation that a request addresses: that of its method, else the first one at its path.</summary>
    public static Operation? Find(string method, string path)
    {
        // An encoded slash is part of a value, not between two of them.
        var at = Uri.UnescapeDataString(path.Split('?')[0].Replace("%2F", "%252F", StringComparison.Ordinal))
            .TrimEnd('/');
        var found = All.Where(o => o.Matches(at)).OrderBy(o => o.Path.Count(c => c == '{')).ToList();
        var read = method == "HEAD" ? "GET" : method;
        return found.Find(o => o.Method == read) ?? found.FirstOrDefault();
    }

    private bool Matches(string path) => _pattern.IsMatch(path);

    private IEnumerable<(string Name, string Value)> Parameters(string place) =>
        (Description["parameters"]?.AsArray() ?? [])
            .Select(p => Resolve(p!))
            .Where(p => p["in"]!.GetValue<string>() == place)
            .Select(p => (p["name"]!.GetValue<string>(), ExampleOf(p)));

    private static string ExampleOf(JsonNode parameter) =>
        parameter["example"]?.ToString() ?? Words(parameter["schema"]!)?[0]!.ToString() ?? "x";

    private static JsonArray? Words(JsonNode schema) => Resolve(schema)["enum"]?.AsArray();

    private static IEnumerable<string> Types(JsonNode field) =>
        field["type"] switch
        {
            JsonArray several => several.Select(t => t!.GetValue<string>()),
            JsonValue one => [one.GetValue<string>()],
            _ => field["anyOf"] is not null ? ["string"] : [],
        };

    private static JsonNode Resolve(JsonNode node)
    {
        while (node["$ref"] is { } reference)
        {
            node = reference
                .GetValue<string>()
                .TrimStart('#', '/')
                .Split('/')
                .Aggregate(Document, (found, part) => found[part]!);
        }
        return node;
    }
}
