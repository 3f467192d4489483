using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Every write by every role, and with each fault that a request can have.</summary>
internal static class WrongWrites
{
    /// <summary>The limit of the service that is recorded, which is lower than by default.</summary>
    public const int MostBytes = 16_384;

    private static readonly string Deep = new string('[', 100) + new string(']', 100);

    public static async Task Play(Stage stage)
    {
        foreach (var operation in Operation.All.Where(o => !o.IsRead))
        {
            foreach (var role in Stage.Roles)
            {
                await stage.Play(stage.RequestOf(operation, role));
            }
            await Paths(stage, operation);
            await Conditions(stage, operation);
            if (operation.Description["requestBody"] is not null)
            {
                await Types(stage, operation);
                await Sizes(stage, operation);
            }
            if (operation.Example is not null)
            {
                await Bodies(stage, operation);
                await Fields(stage, operation);
            }
        }
    }

    /// <summary>The request with a fault that keeps it from making anything.</summary>
    private static RawRequest Harmless(Stage stage, Operation operation)
    {
        var request = stage.RequestOf(operation, "admin");
        return operation.Id == "OpenResolution" ? request with { Body = Bytes(Example(operation)) } : request;
    }

    // What is right about it conflicts with a draft that is there.
    private static JsonObject Example(Operation operation)
    {
        var body = operation.Example!;
        if (operation.Id == "OpenResolution")
        {
            body["id"] = Stage.Public;
        }
        return body;
    }

    private static async Task Paths(Stage stage, Operation operation)
    {
        var request = Harmless(stage, operation);
        foreach (var name in (string[])["id", "iso3", "name"])
        {
            var value = $"{{{name}}}";
            if (operation.Path.Contains(value, StringComparison.Ordinal))
            {
                foreach (var wrong in (string[])["nothing", "%20", "a%2Fb"])
                {
                    await stage.Play(request with { Path = Reads.PathWith(stage, operation, value, wrong) });
                }
            }
        }
        foreach (var (name, value) in operation.Queries)
        {
            foreach (var query in (string[])[$"{name}=nonsense", $"{name}=", $"{name}={value}&{name}={value}"])
            {
                await stage.Play(request with { Path = request.Path.Split('?')[0] + "?" + query });
            }
        }
    }

    private static async Task Conditions(Stage stage, Operation operation)
    {
        if (!operation.IsConditional)
        {
            return;
        }
        var request = Harmless(stage, operation);
        var others = request.Headers.Where(h => h != Stage.StaleMatch).ToList();
        foreach (
            var conditions in (string[][])
                [
                    [],
                    ["If-Match: 7"],
                    ["If-Match: \"7"],
                    ["If-Match: W/\"1\""],
                    ["If-Match: \"7\" \"8\""],
                    ["If-Match: "],
                    ["If-Match: \"8\"", "If-Match: \"9\""],
                    ["If-None-Match: \"1\""],
                    ["If-None-Match: *, *"],
                    ["If-Match: \"999999\"", "If-None-Match: *"],
                ]
        )
        {
            await stage.Play(request with { Headers = [.. conditions, .. others] });
        }
        await stage.Play(
            request with
            {
                Headers = others,
                Body = null,
                Role = "lobbyist",
                Note = "no condition, no body",
            }
        );
    }

    private static async Task Types(Stage stage, Operation operation)
    {
        var request = Harmless(stage, operation);
        var others = request.Headers.Where(h => !h.StartsWith("Content-Type", StringComparison.Ordinal)).ToList();
        await stage.Play(request with { Headers = others });
        foreach (
            var type in (string[])
                [
                    "text/plain",
                    "text/csv",
                    "application/json; charset=utf-8",
                    "application/json; charset=utf-16",
                    "application/problem+json",
                    "APPLICATION/JSON",
                    "application/merge-patch+json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/gzip",
                    "nonsense",
                    "",
                ]
        )
        {
            await stage.Play(request with { Headers = [.. others, $"Content-Type: {type}"] });
        }
    }

    private static async Task Sizes(Stage stage, Operation operation)
    {
        var request = Harmless(stage, operation);
        var limit = operation.Id == "ImportRollCalls" ? RecordedTests.MostOfImport : MostBytes;
        await stage.Play(request with { Body = null, DeclaredLength = limit + 1 });
        await stage.Play(request with { Body = null, DeclaredLength = limit + 1, Role = "viewer" });
        await stage.Play(request with { Body = null, Note = "no body" });
        await stage.Play(request with { Body = [], Note = "an empty body" });
        await stage.Play(request with { IsChunked = true });
        await stage.Play(request with { IsChunked = true, Body = [] });
        if (operation.Id != "ImportRollCalls")
        {
            await stage.Play(request with { IsChunked = true, Body = Bytes(new string(' ', limit + 100)) });
            await stage.Play(request with { Body = Bytes(new string(' ', limit)) });
        }
        await stage.Play(
            request with
            {
                Body = null,
                DeclaredLength = limit + 1,
                Headers = [.. request.Headers, "Expect: 100-continue"],
            }
        );
    }

    private static async Task Bodies(Stage stage, Operation operation)
    {
        var request = Harmless(stage, operation);
        var example = Example(operation).ToJsonString();
        var first = Example(operation).First();
        var field = $"\"{first.Key}\": {first.Value!.ToJsonString()}";
        foreach (
            var body in (string[])
                [
                    "   ",
                    "{",
                    "[]",
                    $"[{example}]",
                    "null",
                    "7",
                    "\"text\"",
                    "{}",
                    "NaN",
                    $"{example[..^1]},}}",
                    $"/* x */{example}",
                    $"{example} {{}}",
                    $"\uFEFF{example}",
                    $"{{{field}, {example[1..]}",
                    $"{{{field.Replace(first.Key, first.Key.ToUpperInvariant(), StringComparison.Ordinal)}, {example[1..]}",
                    Deep,
                    $"{{\"{first.Key}\": {Deep}}}",
                    $"{example[..^1]}, \"unheardOf\": {Deep}}}",
                    $"{example[..^1]}, \"unheardOf\": 1}}",
                    $"{{{string.Join(", ", operation.Fields.Select(f => $"\"{f.Name}\": {(f.IsText ? "7" : "\"x\"")}"))}}}",
                    $"{{{string.Join(", ", operation.Fields.Select(f => $"\"{f.Name}\": \"\""))}}}",
                    $"{{{string.Join(", ", operation.Fields.Select(f => $"\"{f.Name}\": [{{}}]"))}}}",
                ]
        )
        {
            await stage.Play(request with { Body = Bytes(body) });
        }
        await stage.Play(request with { Body = Encoding.Unicode.GetBytes(example), Note = "UTF-16" });
        await stage.Play(
            request with
            {
                Body = Encoding.Latin1.GetBytes($"{example[..^1]}, \"note\": \"é\"}}"),
                Note = "Latin-1",
            }
        );
    }

    private static async Task Fields(Stage stage, Operation operation)
    {
        var request = Harmless(stage, operation);
        foreach (var (name, isText, isRequired, maxLength) in operation.Fields)
        {
            List<string> values =
            [
                isText ? "7" : "\"x\"",
                "true",
                "null",
                "\"nonsense\"",
                "\"a\\u0000b\"",
                "{\"x\": [1]}",
            ];
            if (isText && maxLength is { } most)
            {
                values.Add($"\"{new string('x', most + 1)}\"");
            }
            foreach (var value in values)
            {
                var body = Example(operation);
                body[name] = JsonNode.Parse(value);
                await stage.Play(
                    request with
                    {
                        Body = Bytes(body),
                        Note = $"{name} is {value[..Math.Min(20, value.Length)]}",
                    }
                );
            }
            var renamed = Example(operation);
            if (renamed.Remove(name))
            {
                if (isRequired)
                {
                    await stage.Play(request with { Body = Bytes(renamed), Note = $"without {name}" });
                }
                renamed[name.ToUpperInvariant()] = operation.Example![name]?.DeepClone();
                await stage.Play(request with { Body = Bytes(renamed), Note = $"{name} in capitals" });
            }
        }
    }

    private static byte[] Bytes(JsonNode body) => Bytes(body.ToJsonString());

    private static byte[] Bytes(string body) => Encoding.UTF8.GetBytes(body);
}
