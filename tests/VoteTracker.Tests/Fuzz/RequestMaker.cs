using System.Text;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Makes the request of a number: half of them are valid, the others have one fault or several.</summary>
internal sealed class RequestMaker
{
    public const string UnknownKey = "unknown-key";

    public static readonly string[] Roles = ["anonymous", "viewer", "lobbyist", "coordinator", "admin", UnknownKey];

    private static readonly string[] OtherMethods =
    [
        "HEAD",
        "OPTIONS",
        "PUT",
        "POST",
        "PATCH",
        "DELETE",
        "TRACE",
        "FOO",
    ];
    private static readonly string[] OtherPaths =
    [
        "/v1",
        "/v1/",
        "/v2/x",
        "/v1/resolutions/",
        "/nothing",
        "/V1/SESSIONS",
    ];
    private static readonly string[] OtherNames =
    [
        "utm_source",
        "asof",
        "dry_run",
        "limitt",
        "_",
        "x[]",
        "%00",
        "\u00FF",
    ];

    // The default limit of a body, and around it.
    private static readonly int[] BodyLengths = [1_048_575, 1_048_576, 1_048_577, 3_000_000];

    private readonly ulong _seed;
    private readonly JsonBodies _bodies;
    private readonly Operation[] _byWeight;

    public RequestMaker(FuzzContract contract, ulong seed)
    {
        _seed = seed;
        _bodies = new JsonBodies(contract);
        _byWeight = [.. contract.Operations.SelectMany(o => Enumerable.Repeat(o, o.Weight))];
    }

    public FuzzRequest Make(long number)
    {
        var draw = new Draw(_seed, number);
        var operation = draw.Pick(_byWeight);
        var isValid = draw.OneIn(2);
        // Most requests have a role that may send them. Of other requests, little more than the key is read.
        var role = draw.Percent(isValid ? 85 : 60) ? draw.Pick((string[])["admin", "coordinator"]) : draw.Pick(Roles);
        var address = Path(draw, operation, isValid) + Query(draw, operation, isValid);
        var request = new FuzzRequest(_seed, number, operation)
        {
            Role = role,
            Method = operation.Method == "GET" && draw.OneIn(30) ? "HEAD" : operation.Method,
            Address = address,
            Headers = Headers.For(draw, operation, role, isValid),
        };
        if (!isValid && draw.OneIn(40))
        {
            return Framing.BreakHead(draw, request);
        }
        if (!isValid && draw.OneIn(40))
        {
            request = request with { Method = draw.Pick(OtherMethods) };
        }
        return operation.Bodies.Count == 0 ? request : WithBody(draw, request, isValid);
    }

    private FuzzRequest WithBody(Draw draw, FuzzRequest request, bool isValid)
    {
        var accepted = draw.Pick(request.Target.Bodies);
        var isJson = accepted.MediaType.EndsWith("json", StringComparison.Ordinal);
        var body = isJson ? _bodies.Valid(draw, accepted.Schema) : CsvBodies.Valid(draw, request.Target.Template);
        if (!isValid && draw.Percent(70))
        {
            body = isJson ? BrokenJson.From(draw, body) : CsvBodies.Broken(draw, body);
        }
        // Few, because each of them is a megabyte.
        if (!isValid && draw.OneIn(400))
        {
            body = BrokenJson.Padded(body, draw.Pick(BodyLengths));
        }
        return Framing.Frame(draw, request with { Body = body }, accepted.MediaType, isValid);
    }

    private static string Path(Draw draw, Operation operation, bool isValid)
    {
        if (!isValid && draw.OneIn(40))
        {
            return draw.Pick(OtherPaths);
        }
        var path = operation.Template;
        foreach (var parameter in operation.Parameters.Where(p => p.Place == "path"))
        {
            var value =
                isValid || draw.Percent(80)
                    ? Values.InPath(draw, operation.Template, parameter)
                    : Texts.Encoded(Texts.Strange(draw));
            path = path.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
        }
        return path;
    }

    private static string Query(Draw draw, Operation operation, bool isValid)
    {
        var query = new StringBuilder();
        foreach (var parameter in operation.Parameters.Where(p => p.Place == "query"))
        {
            if (draw.Percent(30))
            {
                Add(parameter.Name, Value(draw, parameter, isValid));
            }
            if (!isValid && draw.OneIn(25))
            {
                Add(
                    draw.OneIn(2) ? parameter.Name : parameter.Name.ToUpperInvariant(),
                    Value(draw, parameter, isValid)
                );
            }
        }
        if (!isValid && draw.OneIn(20))
        {
            Add(draw.Pick(OtherNames), Texts.Encoded(Texts.Strange(draw)));
        }
        if (!isValid && draw.OneIn(60))
        {
            query.Append(draw.Pick((string[])["?", "&", "&&=", "&=x", "#a", "&a=%", "&a=%zz", "&a=%C3%28"]));
        }
        return query.Length > 0 && query[0] == '&' ? "?" + query.ToString(1, query.Length - 1) : query.ToString();

        void Add(string name, string value) =>
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
    }

    private static string Value(Draw draw, Parameter parameter, bool isValid)
    {
        // Long pages cost much, and show little.
        if (parameter.Name == "limit" && !draw.OneIn(20))
        {
            return draw.Pick((string[])["1", "2", "5", "20"]);
        }
        if (isValid || draw.Percent(50))
        {
            var value = Values.Valid(draw, parameter.Name, parameter.Schema) ?? "";
            return value.StartsWith('{') ? value : Texts.Encoded(value);
        }
        return Texts.Encoded(
            draw.OneIn(4) ? draw.Pick((string[])["-1", "0", "1001", "1.5", "1e3", " 1"]) : Texts.Strange(draw)
        );
    }
}
