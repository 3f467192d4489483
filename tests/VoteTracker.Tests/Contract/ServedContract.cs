using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Contract;

/// <summary>The served contract, and checks of values and responses against it.</summary>
internal sealed class ServedContract
{
    private static readonly Lazy<Task<string>> Once = new(async () =>
    {
        using var app = new App();
        return await Load(app);
    });

    public ServedContract(string text) => (Text, Document) = (text, JsonNode.Parse(text)!);

    /// <summary>The served text.</summary>
    public string Text { get; }

    public JsonNode Document { get; }

    /// <summary>Every operation with its method, in lower case, and its path.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key, path.Key, operation.Value!.AsObject());

    /// <summary>The contract of one service, which all tests share.</summary>
    public static async Task<ServedContract> Read() => new(await Once.Value);

    /// <summary>The contract of this service.</summary>
    public static async Task<string> Load(App app, string address = "/openapi/v1.json")
    {
        using var client = app.Anonymous;
        using var answer = await client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return text.ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>Every object in the document, with its pointer.</summary>
    public IEnumerable<(string At, JsonObject Node)> Objects() => Objects("#", Document);

    public JsonObject Resolve(JsonNode node)
    {
        var found = node;
        while (found["$ref"] is { } reference)
        {
            found = Target(reference.GetValue<string>()).ShouldNotBeNull(reference.GetValue<string>());
        }
        return found.AsObject();
    }

    /// <summary>The target of a reference; null if it does not exist.</summary>
    public JsonNode? Target(string reference)
    {
        var found = (JsonNode?)Document;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
        {
            found = found?[part.Replace("~1", "/", StringComparison.Ordinal)];
        }
        return found;
    }

    /// <summary>Asserts that the contract describes a response: its status, type, headers, and the schema of its body.</summary>
    public async Task ShouldDescribe(HttpResponseMessage answer, string method, string path)
    {
        var at = $"{method} {path}";
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var operation = Document["paths"]![path]![method].ShouldNotBeNull(at);
        var described = operation["responses"]![status];
        described.ShouldNotBeNull($"{at} answered {status}: {await answer.Content.ReadAsStringAsync()}");
        var response = Resolve(described);
        foreach (var (header, _) in response["headers"]?.AsObject() ?? [])
        {
            var isThere = answer.Headers.Contains(header);
            (isThere || header is "Link" or "Retry-After" or "Accept-Encoding").ShouldBeTrue(
                $"{at} answered {status} without {header}"
            );
        }
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (response["content"]?.AsObject() is not { } content)
        {
            type.ShouldBeNull($"{at} answered {status} with a body");
            return;
        }
        content.ContainsKey(type ?? "").ShouldBeTrue($"{at} answered {status} as {type}");
        if (type!.EndsWith("json", StringComparison.Ordinal))
        {
            var body = await answer.Content.ReadAsStringAsync();
            Errors(JsonNode.Parse(body), content[type]!["schema"]!).ShouldBeEmpty($"{at} answered {status}: {body}");
        }
    }

    /// <summary>The places where a value does not match its schema.</summary>
    public IReadOnlyList<string> Errors(JsonNode? value, JsonNode schema, string at = "$")
    {
        var says = Resolve(schema);
        if (says["anyOf"]?.AsArray() is { } choices)
        {
            var tries = choices.Select(choice => Errors(value, choice!, at)).ToList();
            return tries.Exists(t => t.Count == 0) ? [] : [.. tries.SelectMany(t => t)];
        }
        var types = says["type"] is JsonArray several
            ? several.Select(t => t!.GetValue<string>()).ToList()
            : [says["type"]!.GetValue<string>()];
        // OpenAPI 3.0 has no type null.
        if (says["nullable"]?.GetValue<bool>() == true)
        {
            types.Add("null");
        }
        var type = TypeOf(value);
        if (!types.Contains(type) && !(type == "integer" && types.Contains("number")))
        {
            return [$"{at} is {type}, not {string.Join(" or ", types)}"];
        }
        if (says["enum"]?.AsArray() is { } words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return [$"{at} is {value}, which is not one of its words"];
        }
        return value switch
        {
            JsonObject json => [.. InObject(json, says, at)],
            JsonArray items => [.. items.SelectMany((item, i) => Errors(item, says["items"]!, $"{at}[{i}]"))],
            JsonValue text when type == "string" => [.. InText(text.GetValue<string>(), says, at)],
            _ => [],
        };
    }

    private IEnumerable<string> InObject(JsonObject json, JsonObject says, string at)
    {
        var properties = says["properties"]?.AsObject() ?? [];
        foreach (var name in says["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? [])
        {
            if (!json.ContainsKey(name))
            {
                yield return $"{at}.{name} is missing";
            }
        }
        foreach (var (name, value) in json)
        {
            var known = properties[name] ?? says["additionalProperties"] as JsonObject;
            if (known is not null)
            {
                foreach (var error in Errors(value, known, $"{at}.{name}"))
                {
                    yield return error;
                }
            }
            else if (properties.Count > 0)
            {
                yield return $"{at}.{name} is not in the contract";
            }
        }
    }

    private static IEnumerable<string> InText(string text, JsonObject says, string at)
    {
        var fits = says["format"]?.GetValue<string>() switch
        {
            "date" => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => text.EndsWith('Z')
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
            _ => true,
        };
        if (!fits || says["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern))
        {
            yield return $"{at} is '{text}', which does not match its format";
        }
        if (says["maxLength"]?.GetValue<int>() < text.Length)
        {
            yield return $"{at} is too long";
        }
    }

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            _ => "boolean",
        };

    private static IEnumerable<(string At, JsonObject Node)> Objects(string at, JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(p => Objects($"{at}/{p.Key}", p.Value)).Prepend((at, json)),
            JsonArray items => items.SelectMany((item, i) => Objects($"{at}/{i}", item)),
            _ => [],
        };
}
