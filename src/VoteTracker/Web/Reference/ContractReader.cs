using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Web.Guide;

namespace VoteTracker.Web.Reference;

/// <summary>Reads the sections of the reference from the contract, a document of OpenAPI 3.1.</summary>
internal sealed class ContractReader(JsonObject contract)
{
    private const string SchemaPath = TypeReader.SchemaPath;
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
            Type = TypeReader.Read(parameter["schema"]!),
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
            first["schema"] is { } schema ? TypeReader.Read(schema) : null,
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
                    Type = TypeReader.Read(property.Value!),
                    Description = MarkdownText.ToHtml(Text(property.Value!, "description")),
                }),
            ],
        };
    }

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

    private static string Text(JsonNode node, string name) => TypeReader.Text(node, name);
}
