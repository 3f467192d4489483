using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract;

/// <summary>Compares a served contract with a released one: everything that a client of the release uses is still there.</summary>
/// <param name="requestSchemas">The names of the schemas that requests have.</param>
internal sealed class ContractComparison(HashSet<string> requestSchemas)
{
    private static readonly HashSet<string> Texts = ["description", "summary", "example", "examples", "title"];

    // The keys of these objects are names and not keywords, so they can be added to.
    private static readonly HashSet<string> Named =
    [
        "paths",
        "schemas",
        "responses",
        "properties",
        "content",
        "headers",
        "parameters",
        "securitySchemes",
    ];

    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Compare(JsonNode released, JsonNode served)
    {
        Compare(released, served, []);
        return _faults;
    }

    private void Compare(JsonNode? released, JsonNode? served, string[] at)
    {
        switch (released, served)
        {
            case (JsonObject a, JsonObject b):
                CompareObjects(a, b, at);
                break;
            case (JsonArray a, JsonArray b) when at[^1] == "parameters":
                CompareParameters(a, b, at);
                break;
            case (JsonArray a, JsonArray b) when at[^1] == "required":
                CompareRequired(a, b, at);
                break;
            case (JsonArray a, JsonArray b) when at is ["tags"]:
                CompareTags(a, b, at);
                break;
            case (JsonArray a, JsonArray b)
                when at[^1] == "security" && a.All(way => b.Any(other => JsonNode.DeepEquals(way, other))):
                // A request without a key can be allowed.
                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                {
                    Compare(a[i], b[i], [.. at, i.ToString(CultureInfo.InvariantCulture)]);
                }
                break;
            case (JsonValue a, JsonValue b)
                when at is ["components", "schemas", var schema, .., "maxLength"]
                    && requestSchemas.Contains(schema)
                    && b.GetValue<int>() >= a.GetValue<int>():
                // A request can be longer than before.
                break;
            default:
                if (!JsonNode.DeepEquals(released, served))
                {
                    Add(at, "differs");
                }
                break;
        }
    }

    private void CompareObjects(JsonObject released, JsonObject served, string[] at)
    {
        var isNamed = at is [.., var last] && Named.Contains(last) && !IsName(at);
        var isPath = at is ["paths", _];
        bool IsText(string k) => !isNamed && (Texts.Contains(k) || (k, at) is ("headers", [.., "responses", _]));
        foreach (var (key, value) in released)
        {
            if (!served.ContainsKey(key))
            {
                Add([.. at, key], "is missing");
            }
            else
            {
                Compare(value, served[key], [.. at, key]);
            }
        }
        if (!isNamed && !isPath)
        {
            foreach (var (key, _) in served.Where(p => !IsText(p.Key) && !released.ContainsKey(p.Key)))
            {
                Add([.. at, key], "is new");
            }
        }
    }

    private void CompareParameters(JsonArray released, JsonArray served, string[] at)
    {
        static string Key(JsonNode? p) => $"{p!["in"]} {p["name"]}";
        var byKey = served.ToDictionary(Key, p => p, StringComparer.Ordinal);
        foreach (var parameter in released)
        {
            if (byKey.Remove(Key(parameter), out var found))
            {
                Compare(parameter, found, [.. at, Key(parameter)]);
            }
            else
            {
                Add([.. at, Key(parameter)], "is missing");
            }
        }
        foreach (var (key, parameter) in byKey)
        {
            if (parameter!["required"]?.GetValue<bool>() == true)
            {
                Add([.. at, key], "is new and required");
            }
        }
    }

    // A response can have a new field always. A request cannot require one.
    private void CompareRequired(JsonArray released, JsonArray served, string[] at)
    {
        var (before, now) = (Strings(released), Strings(served));
        var isRequest = at is ["components", "schemas", var schema, ..] && requestSchemas.Contains(schema);
        if (isRequest ? !before.SetEquals(now) : !before.IsSubsetOf(now))
        {
            Add(at, "differs");
        }
    }

    private void CompareTags(JsonArray released, JsonArray served, string[] at)
    {
        static IEnumerable<string> Names(JsonArray tags) => tags.Select(t => t!["name"]!.GetValue<string>());
        foreach (var name in Names(released).Except(Names(served)))
        {
            Add([.. at, name], "is missing");
        }
    }

    // A field that is called `content` or `properties`.
    private static bool IsName(string[] at) =>
        at is [.., "properties", _] && at is not [.., "properties", "properties", _];

    private static HashSet<string> Strings(JsonArray array) =>
        array.Select(s => s!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);

    private void Add(string[] at, string fault) => _faults.Add($"{string.Join('/', at)} {fault}");
}
