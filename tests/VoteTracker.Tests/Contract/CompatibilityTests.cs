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
    [Test]
    public async Task The_contract_keeps_everything_of_release_1_1_0()
    {
        var served = AddedWords.Remove(JsonNode.Parse((await ServedContract.Read()).Text)!);
        var released = Released();
        released["paths"]!.AsObject().Count.ShouldBeGreaterThan(60);
        new ContractComparison(RequestSchemas(released)).Compare(released, served).ShouldBeEmpty();
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
        var faults = new ContractComparison(RequestSchemas(changed)).Compare(Released(), changed);
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
        var faults = new ContractComparison(RequestSchemas(changed)).Compare(Released(), changed);
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
}
