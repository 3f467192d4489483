using System.Globalization;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Tests.Fuzz;

/// <summary>The served contract, read for the fuzzer: every operation, and which of them a request addresses.</summary>
internal sealed class FuzzContract
{
    // These depend on the data: the last page has no link.
    private static readonly string[] OptionalHeaders = ["Link", "Retry-After", "Accept-Encoding"];

    private readonly JsonNode _document;
    private readonly Dictionary<string, string[]> _templates;

    public FuzzContract(JsonNode document)
    {
        _document = document;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select Read(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()),
        ];
        _templates = Operations
            .Select(o => o.Template)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(t => t, t => t.Split('/'), StringComparer.Ordinal);
    }

    public IReadOnlyList<Operation> Operations { get; }

    public JsonObject Schemas => _document["components"]!["schemas"]!.AsObject();

    /// <summary>The operations at a path, as the router prefers them: a literal segment precedes a parameter.</summary>
    public IReadOnlyList<Operation> At(string path)
    {
        var segments = Normalize(path).Split('/');
        return
        [
            .. Operations
                .Where(o => Matches(_templates[o.Template], segments))
                .OrderByDescending(o => Literals(o.Template), StringComparer.Ordinal),
        ];
    }

    public JsonObject Resolve(JsonNode node)
    {
        var found = node;
        while (found["$ref"] is { } reference)
        {
            found = reference
                .GetValue<string>()
                .TrimStart('#', '/')
                .Split('/')
                .Aggregate(_document, (at, part) => at[part.Replace("~1", "/", StringComparison.Ordinal)]!);
        }
        return found.AsObject();
    }

    private Operation Read(string method, string template, JsonObject operation) =>
        new(method, template)
        {
            Parameters = [.. (operation["parameters"]?.AsArray() ?? []).Select(p => ReadParameter(Resolve(p!)))],
            Bodies =
            [
                .. (operation["requestBody"]?["content"]?.AsObject() ?? []).Select(c => new AcceptedBody(
                    c.Key,
                    Resolve(c.Value!["schema"]!)
                )),
            ],
            Responses = operation["responses"]!
                .AsObject()
                .ToDictionary(
                    r => int.Parse(r.Key, CultureInfo.InvariantCulture),
                    r => ReadResponse(Resolve(r.Value!))
                ),
        };

    private Parameter ReadParameter(JsonObject parameter) =>
        new(
            parameter["name"]!.GetValue<string>(),
            parameter["in"]!.GetValue<string>(),
            Resolve(parameter["schema"]!),
            parameter["example"]?.ToString()
        );

    private static DocumentedResponse ReadResponse(JsonObject response) =>
        new(
            (response["content"]?.AsObject() ?? []).ToDictionary(
                c => c.Key,
                c => c.Value!["schema"]!,
                StringComparer.Ordinal
            ),
            [
                .. (response["headers"]?.AsObject() ?? [])
                    // An import that is no dry run has no tag.
                    .Where(h =>
                        h.Value!["description"]?.ToString().StartsWith("Of a dry run", StringComparison.Ordinal) != true
                    )
                    .Select(h => h.Key)
                    .Except(OptionalHeaders, StringComparer.OrdinalIgnoreCase),
            ]
        );

    // The server decodes a path, removes its dot segments and ignores one slash at its end. An encoded slash stays.
    private static string Normalize(string path)
    {
        var decoded = Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        var kept = new List<string>();
        foreach (var segment in decoded.Split('/'))
        {
            if (segment == ".." && kept.Count > 1)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                kept.Add(segment);
            }
        }
        return string.Join('/', kept).TrimEnd('/');
    }

    private static bool Matches(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => Matches(pair.First, pair.Second));

    // A parameter takes at least one character between the literals around it: `{picture}.svg` does not take `.svg`.
    private static bool Matches(string template, string segment)
    {
        var open = template.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return template.Equals(segment, StringComparison.OrdinalIgnoreCase);
        }
        var (before, after) = (template[..open], template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..]);
        return segment.Length > before.Length + after.Length
            && segment.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            && segment.EndsWith(after, StringComparison.OrdinalIgnoreCase);
    }

    // For ordering: a letter for each segment, where a literal one is higher.
    private static string Literals(string template) =>
        string.Concat(
            template
                .Split('/')
                .Select(s =>
                    !s.Contains('{', StringComparison.Ordinal) ? 'c'
                    : s[0] != '{' ? 'b'
                    : 'a'
                )
        );
}
