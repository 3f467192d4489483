using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Whether a response is one that the contract describes for its request.</summary>
internal sealed class Checker(FuzzContract contract)
{
    private const string Problem = "application/problem+json";

    // Kestrel rejects these by itself, before routing. Only a request that is invalid in HTTP, or
    // has too long a head, can get them.
    private static readonly (int Status, string Reason)[] BeforeRouting =
    [
        (400, "the request line, a header field or the framing of the body is not HTTP"),
        (405, "the target is no path, as only OPTIONS and CONNECT allow"),
        (408, "the head did not arrive in time"),
        (414, "the request line is too long"),
        (431, "the header fields are too long"),
        (501, "the transfer coding is unknown"),
        (505, "the version of HTTP is unknown"),
    ];

    private readonly Schemas _schemas = new(contract);
    private readonly JsonNode _problem = contract.Schemas["Problem"]!;

    /// <summary>What is wrong with a response; null if nothing is.</summary>
    public string? Fault(FuzzRequest request, FuzzResponse? response)
    {
        var isBroken = request.MayBeRefusedAtOnce;
        if (response is null || response.IsCut)
        {
            return isBroken ? null : "the connection ended without a whole response";
        }
        if (Unavailable(response) is { } unavailable)
        {
            return unavailable;
        }
        if (isBroken && BeforeRouting.Any(b => b.Status == response.Status))
        {
            var isEmpty = request.Method == "HEAD" || response.Body.Length == 0;
            return isEmpty ? null
                : response.MediaType == Problem ? NotJson([response.Text]) ?? ProblemFault(response)
                : $"refused with the media type {response.MediaType ?? "missing"}";
        }
        var at = contract.At(request.Path);
        var method = request.Method == "HEAD" ? "GET" : request.Method;
        return at.FirstOrDefault(o => o.Method == method) is { } operation
            ? Described(operation, request, response)
            : Unrouted(request, response, at);
    }

    private static string? Unavailable(FuzzResponse response) =>
        response.Status switch
        {
            503 when response.Header("Retry-After") is null => "503 without Retry-After",
            503 or 501 or 505 or < 500 => null,
            _ => $"status {response.Status}",
        };

    private string? Described(Operation operation, FuzzRequest request, FuzzResponse response)
    {
        if (!operation.Responses.TryGetValue(response.Status, out var documented))
        {
            return $"{operation} does not document {response.Status}";
        }
        if (documented.Headers.FirstOrDefault(h => response.Header(h) is null) is { } missing)
        {
            return $"{operation} documents {missing} with {response.Status}, which has none";
        }
        if (response.MediaType is null || documented.Contents.Count == 0)
        {
            var isEmpty = response.Body.Length == 0 && response.MediaType is null;
            return isEmpty && (documented.Contents.Count == 0 || request.Method == "HEAD")
                ? null
                : $"{operation} returned {response.Status} with the media type {response.MediaType ?? "missing"}";
        }
        if (!documented.Contents.TryGetValue(response.MediaType, out var schema))
        {
            return $"{operation} does not document {response.MediaType} with {response.Status}";
        }
        return request.Method == "HEAD" ? null
            : BodyFault(response, schema) is { } fault ? $"{operation}: {fault}"
            : null;
    }

    // Not the address of an operation: a problem, or a page for a browser.
    private string? Unrouted(FuzzRequest request, FuzzResponse response, IReadOnlyList<Operation> at)
    {
        if (request.Method == "OPTIONS" && response.Status is 200 or 204)
        {
            return null;
        }
        // An address below the calendars can have a secret, so only a well-formed id is routed.
        var mayBeSecret = request.Path.StartsWith($"{CalendarPaths.Root}/", StringComparison.OrdinalIgnoreCase);
        var isExpected =
            response.Status is 401
            || response.Status == (at.Count == 0 ? 404 : 405)
            || (mayBeSecret && response.Status == 404);
        return !isExpected ? $"status {response.Status} where no operation is"
            : request.Method == "HEAD" ? null
            : response.MediaType == "text/html" && at.Count == 0 ? null
            : response.MediaType != Problem ? $"{response.Status} with the media type {response.MediaType ?? "missing"}"
            : BodyFault(response, _problem);
    }

    private string? BodyFault(FuzzResponse response, JsonNode schema)
    {
        switch (response.MediaType)
        {
            case Problem:
                return _schemas.Mismatch(schema, response.Body) ?? ProblemFault(response);
            case "application/json":
                return _schemas.Mismatch(schema, response.Body);
            case "application/x-ndjson":
                return NotJson(response.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            case "text/event-stream":
                return NotJson(Data(response.Text));
            case "image/svg+xml":
                return response.Text.StartsWith("<svg", StringComparison.Ordinal) ? null : "not an SVG";
            case "image/png":
                return response.Body.AsSpan(1).StartsWith("PNG"u8) ? null : "not a PNG";
            case "text/csv":
                return response.Body.AsSpan().IndexOf((byte)'\n') > 0 ? null : "CSV without a header";
            case "application/atom+xml":
                return response.Text.StartsWith("<?xml", StringComparison.Ordinal) ? null : "not XML";
            case "text/calendar":
                return response.Text.EndsWith("END:VCALENDAR\r\n", StringComparison.Ordinal)
                    ? null
                    : "not a whole calendar";
            case "text/plain" or "text/markdown" or "application/x-bibtex" or "application/yaml":
                return response.Body.AsSpan().EndsWith("\n"u8) ? null : "a text without an end of line";
            default:
                return response.Body.AsSpan().StartsWith("PK"u8) ? null : "not a package";
        }
    }

    private static string? ProblemFault(FuzzResponse response)
    {
        var problem = JsonNode.Parse(response.Body)!;
        var text = response.Text;
        return problem["status"]!.GetValue<int>() != response.Status ? "the problem has another status"
            : !problem["type"]!.GetValue<string>().StartsWith("/problems/", StringComparison.Ordinal)
                ? "the problem has another type"
            : text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal)
                ? "the problem has a stack trace"
            : null;
    }

    private static IEnumerable<string> Data(string events) =>
        events
            .Split('\n')
            .Where(line => line.StartsWith("data:", StringComparison.Ordinal))
            .Select(line => line["data:".Length..]);

    private static string? NotJson(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            try
            {
                JsonNode.Parse(Encoding.UTF8.GetBytes(line));
            }
            catch (System.Text.Json.JsonException exception)
            {
                return $"a line is not JSON: {exception.Message}";
            }
        }
        return null;
    }
}
