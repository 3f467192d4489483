using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace VoteTracker.Tests.Fuzz;

/// <summary>
/// Whether a JSON value matches a schema of the contract. An object with named properties has no others, also where the
/// contract does not say so.
/// </summary>
internal sealed class Schemas(FuzzContract contract)
{
    private static readonly EvaluationOptions Quick = new() { RequireFormatValidation = true };
    private static readonly EvaluationOptions Detailed = new()
    {
        RequireFormatValidation = true,
        OutputFormat = OutputFormat.List,
    };

    private readonly ConcurrentDictionary<JsonNode, Lazy<JsonSchema>> _built = new();
    private readonly ConcurrentDictionary<(JsonNode Schema, Int128 Hash), bool> _matching = new();

    /// <summary>What does not match; null if everything does.</summary>
    public string? Mismatch(JsonNode schema, byte[] json)
    {
        // Many responses are the same as an earlier one; reading a hash is much faster than an evaluation.
        var known = (schema, BitConverter.ToInt128(SHA256.HashData(json)));
        if (_matching.ContainsKey(known))
        {
            return null;
        }
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            return $"not JSON: {exception.Message}";
        }
        using (document)
        {
            var built = _built.GetOrAdd(schema, s => new Lazy<JsonSchema>(() => Build(s))).Value;
            if (!built.Evaluate(document.RootElement, Quick).IsValid)
            {
                return Explain(built.Evaluate(document.RootElement, Detailed));
            }
        }
        if (_matching.Count < 200_000)
        {
            _matching.TryAdd(known, true);
        }
        return null;
    }

    private static string Explain(EvaluationResults results) =>
        string.Join(
            "; ",
            (results.Details ?? [])
                .Where(d => d.Errors is not null)
                .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"))
                .Distinct(StringComparer.Ordinal)
                .Take(6)
        );

    // The schemas of the components become definitions of a schema of its own.
    private JsonSchema Build(JsonNode schema)
    {
        var whole = Close(schema.DeepClone()).AsObject();
        whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        var definitions = new JsonObject();
        var open = new Queue<string>(References(schema));
        while (open.TryDequeue(out var name))
        {
            if (!definitions.ContainsKey(name))
            {
                var definition = contract.Schemas[name]!;
                definitions[name] = Close(definition.DeepClone());
                foreach (var next in References(definition))
                {
                    open.Enqueue(next);
                }
            }
        }
        whole["$defs"] = definitions;
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        return JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(p =>
                p is { Key: "$ref", Value: JsonValue reference }
                    ? [reference.GetValue<string>().Split('/')[^1]]
                    : References(p.Value)
            ),
            JsonArray items => items.SelectMany(References),
            _ => [],
        };

    private static JsonNode Close(JsonNode node)
    {
        if (node is JsonObject json)
        {
            if (json["properties"] is JsonObject && !json.ContainsKey("additionalProperties"))
            {
                json["additionalProperties"] = false;
            }
            json.Remove("example");
            foreach (var (_, value) in json.ToList())
            {
                _ = value is null ? null : Close(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                _ = item is null ? null : Close(item);
            }
        }
        return node;
    }
}
