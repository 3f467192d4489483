using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Web.Guide;

namespace VoteTracker.Web.Reference;

/// <summary>Reads the sections of the reference from the contract, a document of OpenAPI 3.1.</summary>
internal sealed class ContractReader(JsonObject contract)
{
    private const string SchemaPath = "#/components/schemas/";
    private const string ResponsePath = "#/components/responses/";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _schemas = contract["components"]!["schemas"]!.AsObject();
    private readonly JsonObject _responses = contract["components"]!["responses"]!.AsObject();

    /// <summary>The introduction as HTML.</summary>
    public string Introduction => MarkdownText.ToHtml(Text(contract["info"]!, "description"));

    /// <summary>The sections that have operations, in the order of the contract.</summary>
    public IReadOnlyList<ReferenceSection> ReadSections()
    {
        var operations = contract["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(method => (Path: path.Key, Method: method.Key, Node: method.Value!))
            )
            .ToLookup(operation => operation.Node["tags"]![0]!.GetValue<string>(), StringComparer.Ordinal);
        return
        [
            .. contract["tags"]!
                .AsArray()
                .Select(tag => (Name: Text(tag!, "name"), Description: Text(tag!, "description")))
                .Where(tag => operations.Contains(tag.Name))
                .Select(tag => new ReferenceSection
                {
                    Name = tag.Name,
                    Slug = tag.Name.ToLowerInvariant().Replace(' ', '-'),
                    Description = MarkdownText.ToHtml(tag.Description),
                    Operations =
                    [
                        .. operations[tag.Name].Select(o => ReadOperation(o.Path, o.Method.ToUpperInvariant(), o.Node)),
                    ],
                    Schemas = ReadSchemas(operations[tag.Name].Select(o => o.Node)),
                }),
        ];
    }

    private ReferenceOperation ReadOperation(string path, string method, JsonNode operation) =>
        new()
        {
            Id = Text(operation, "operationId"),
            Method = method,
            Path = path,
            Summary = Text(operation, "summary"),
            Description = MarkdownText.ToHtml(Text(operation, "description")),
            Parameters = [.. Items(operation["parameters"]).Select(ReadParameter)],
            Body = operation["requestBody"] is { } body ? ReadBody(body["content"]) : null,
            Responses = [.. operation["responses"]!.AsObject().Select(r => ReadResponse(r.Key, r.Value!))],
        };

    private static ReferenceField ReadParameter(JsonNode parameter) =>
        new()
        {
            Name = Text(parameter, "name"),
            Place = Text(parameter, "in"),
            IsRequired = parameter["required"]?.GetValue<bool>() == true,
            Type = ReadType(parameter["schema"]!),
            Description = MarkdownText.ToHtml(Text(parameter, "description")),
        };

    private ReferenceResponse ReadResponse(string status, JsonNode response)
    {
        var found = Text(response, "$ref") is { Length: > 0 } path
            ? _responses[path[ResponsePath.Length..]]!
            : response;
        return new ReferenceResponse(
            status,
            MarkdownText.ToHtml(Text(found, "description")),
            [.. found["headers"]?.AsObject().Select(header => header.Key) ?? []],
            ReadBody(found["content"])
        );
    }

    private static ReferenceBody? ReadBody(JsonNode? content)
    {
        if (content?.AsObject() is not { Count: > 0 } types)
        {
            return null;
        }
        var first = types.First(type => type.Value is not null).Value!;
        return new ReferenceBody(
            [.. types.Select(type => type.Key)],
            first["schema"] is { } schema ? ReadType(schema) : null,
            first["example"] switch
            {
                null => null,
                JsonValue value when value.TryGetValue<string>(out var text) => text,
                var example => example.ToJsonString(Indented),
            }
        );
    }

    private IReadOnlyList<ReferenceSchema> ReadSchemas(IEnumerable<JsonNode> operations)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Queue<JsonNode>(operations);
        while (left.TryDequeue(out var node))
        {
            foreach (var path in References(node))
            {
                if (path.StartsWith(ResponsePath, StringComparison.Ordinal))
                {
                    // Problems are the same everywhere. The introduction describes them.
                    continue;
                }
                if (found.Add(path[SchemaPath.Length..]))
                {
                    left.Enqueue(_schemas[path[SchemaPath.Length..]]!);
                }
            }
        }
        return [.. found.Select(name => ReadSchema(name, _schemas[name]!))];
    }

    private static ReferenceSchema ReadSchema(string name, JsonNode schema)
    {
        var required = Items(schema["required"]).Select(item => item.GetValue<string>()).ToHashSet();
        var description = Text(schema, "description");
        return new ReferenceSchema
        {
            Name = name,
            Description = MarkdownText.ToHtml(description),
            Fields =
            [
                .. (schema["properties"]?.AsObject() ?? []).Select(property => new ReferenceField
                {
                    Name = property.Key,
                    Place = "",
                    IsRequired = required.Contains(property.Key),
                    Type = ReadType(property.Value!),
                    Description = MarkdownText.ToHtml(Text(property.Value!, "description")),
                }),
            ],
        };
    }

    private static ReferenceType ReadType(JsonNode schema)
    {
        if (Text(schema, "$ref") is { Length: > 0 } path)
        {
            var name = path[SchemaPath.Length..];
            return new ReferenceType("", name, name, "");
        }
        if (schema["anyOf"] is JsonArray choices)
        {
            var named = choices.OfType<JsonObject>().Where(choice => Text(choice, "type") != "null").ToList();
            return named.Count == 1 && named.Count < choices.Count ? WithNull(ReadType(named[0]))
                : named.Count == 0 ? new ReferenceType("", "null", null, "")
                : ReadType(named[0]);
        }
        if (schema["type"] is JsonArray types)
        {
            var names = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
            var one = schema.DeepClone().AsObject();
            one["type"] = names[0];
            return names.Count < types.Count ? WithNull(ReadType(one)) : ReadType(one);
        }
        if (Text(schema, "type") == "array" && schema["items"] is { } items)
        {
            var item = ReadType(items);
            return item with { Before = $"list of {item.Before}" };
        }
        if (schema["enum"] is JsonArray words)
        {
            return new ReferenceType("", string.Join(", ", words.Select(word => $"{word}")), null, "");
        }
        var type = Text(schema, "type") is { Length: > 0 } known ? known : "any";
        return new ReferenceType("", type, null, Limits(schema));
    }

    private static ReferenceType WithNull(ReferenceType type) => type with { After = $"{type.After} or null" };

    private static string Limits(JsonNode schema)
    {
        var (least, most) = (Number(schema["minimum"]), Number(schema["maximum"]));
        var range = (least, most) switch
        {
            (null, null) => "",
            (_, null) => $", {least} or more",
            (null, _) => $", {most} or less",
            _ => $", {least} to {most}",
        };
        var format = Text(schema, "format") is "date" or "date-time" ? $", {Text(schema, "format")}" : "";
        var otherwise = schema["default"] is { } value ? $", default {value}" : "";
        return $"{format}{range}{otherwise}";
    }

    private static string? Number(JsonNode? node) => node?.GetValue<double>().ToString(CultureInfo.InvariantCulture);

    // A reference is a property of a schema. An example may have a text like it, but not under this name.
    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject item => item.SelectMany(property =>
                property.Key is "example" or "examples" ? []
                : property is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()]
                : References(property.Value)
            ),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };

    private static IEnumerable<JsonNode> Items(JsonNode? list) =>
        list is JsonArray array ? array.OfType<JsonNode>() : [];

    private static string Text(JsonNode node, string name) => node[name] is JsonValue value ? $"{value}" : "";
}
