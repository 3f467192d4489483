using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract;

/// <summary>
/// A client of a release works with this service: the served contract has everything in the released one, unchanged
/// apart from descriptions.
/// </summary>
/// <remarks>
/// Allowed additions: operations, responses, media types, headers, schemas, optional parameters and fields, and required
/// fields of responses.
/// </remarks>
public sealed class CompatibilityTests
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

    [Test]
    public async Task The_contract_keeps_everything_of_release_1_1_0()
    {
        var served = AddedWords.Remove(JsonNode.Parse((await ServedContract.Read()).Text)!);
        var released = Released();
        released["paths"]!.AsObject().Count.ShouldBeGreaterThan(60);
        new Comparison(RequestSchemas(released)).Compare(released, served).ShouldBeEmpty();
    }

    [TestCase("/paths/~1v1~1stream", "is missing")]
    [TestCase("/paths/~1v1~1stream/get/operationId", "is missing")]
    [TestCase("/components/schemas/Tally/properties/yes", "is missing")]
    [TestCase("/components/schemas/Position/enum/2", "differs")]
    [TestCase("/components/schemas/Tally/required/0", "differs")]
    [TestCase("/paths/~1v1~1changes/get/parameters/0", "is missing")]
    [TestCase("/paths/~1v1~1changes/get/security/0", "differs")]
    public void Something_that_a_release_has_cannot_be_removed(string pointer, string fault)
    {
        var changed = Released();
        var (parent, key) = Find(changed, pointer);
        if (parent is JsonArray array)
        {
            array.RemoveAt(int.Parse(key, CultureInfo.InvariantCulture));
        }
        else
        {
            parent.AsObject().Remove(key).ShouldBeTrue(pointer);
        }
        var faults = new Comparison(RequestSchemas(changed)).Compare(Released(), changed);
        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(f => f.Contains(fault, StringComparison.Ordinal));
    }

    [TestCase("/components/schemas/NewSchema", """{"type":"object"}""", true)]
    [TestCase("/components/schemas/Tally/properties/novel", """{"type":"string"}""", true)]
    [TestCase("/components/schemas/Tally/maxProperties", "3", false)]
    [TestCase("/paths/~1v1~1novel", """{"get":{}}""", true)]
    [TestCase("/paths/~1v1~1stream/post", "{}", true)]
    [TestCase("/paths/~1v1~1changes/get/parameters/-", """{"name":"novel","in":"query"}""", true)]
    [TestCase("/paths/~1v1~1changes/get/parameters/-", """{"name":"novel","in":"query","required":true}""", false)]
    [TestCase("/components/schemas/CreateApiKeyRequest/required/-", "\"expiresAt\"", false)]
    [TestCase("/components/schemas/CreateApiKeyRequest/properties/label/maxLength", "3", false)]
    public void Something_can_be_added_unless_a_client_of_the_release_breaks(string pointer, string json, bool allowed)
    {
        var changed = Released();
        var (parent, key) = Find(changed, pointer);
        if (parent is JsonArray array)
        {
            array.Add(JsonNode.Parse(json));
        }
        else
        {
            parent[key] = JsonNode.Parse(json);
        }
        var faults = new Comparison(RequestSchemas(changed)).Compare(Released(), changed);
        (faults.Count == 0).ShouldBe(allowed, string.Join('\n', faults));
    }

    private static JsonNode Released() =>
        JsonNode.Parse(Repository.Read("tests/VoteTracker.Tests/Contract/Released/1.1.0.json"))!;

    private static (JsonNode Parent, string Key) Find(JsonNode document, string pointer)
    {
        var parts = pointer.Split('/')[1..];
        var found = document;
        foreach (var part in parts[..^1])
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal);
            found = found[name].ShouldNotBeNull(pointer);
        }
        return (found, parts[^1].Replace("~1", "/", StringComparison.Ordinal));
    }

    // The names of the schemas that requests have, themselves or in their fields.
    private static HashSet<string> RequestSchemas(JsonNode document)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var bodies = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!["requestBody"])
            .OfType<JsonNode>();
        var open = new Stack<JsonNode>(bodies);
        while (open.TryPop(out var node))
        {
            foreach (var child in node is JsonObject json ? json.Select(p => p.Value) : node as JsonArray ?? [])
            {
                if (child is JsonObject or JsonArray)
                {
                    open.Push(child);
                }
            }
            if (
                node is JsonObject { } reference
                && reference["$ref"]?.GetValue<string>() is { } target
                && found.Add(target.Split('/')[^1])
            )
            {
                open.Push(document["components"]!["schemas"]![target.Split('/')[^1]]!);
            }
        }
        return found;
    }

    private sealed class Comparison(HashSet<string> requestSchemas)
    {
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
}
