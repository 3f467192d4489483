using System.Globalization;
using System.Text;

namespace VoteTracker.Tests.Fuzz;

/// <summary>The header fields of a request: those of the operation, and those that any client or proxy sends.</summary>
internal static class Headers
{
    private static readonly string[] Tags =
    [
        "{tag}",
        "{tag}",
        "\"1\"",
        "\"0\"",
        "\"999999\"",
        "W/\"1\"",
        "\"1\", \"2\"",
        "1",
        "\"",
        "\"a\"",
        "\"-1\"",
        "\"99999999999999999999\"",
        "",
        "*, \"1\"",
    ];

    private static readonly string[] Accepts =
    [
        "*/*",
        "application/json",
        "text/csv",
        "text/csv;q=0, application/json",
        "application/x-ndjson",
        "text/html",
        "application/json;q=abc",
        "text/*;q=0.1",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ",,,",
        ";",
        "a/b;q=0",
    ];

    // The values that a client, a proxy or an attacker could send in fields that every operation receives.
    private static readonly (string Name, string[] Values)[] Common =
    [
        ("Range", ["bytes=0-10", "bytes=-1", "bytes=0-,5-", "lines=1", "bytes=99999999999999999999-"]),
        ("Origin", ["https://example.org", "null", "http://127.0.0.1:5080", "not a url", "\u00FF"]),
        ("X-Forwarded-For", ["203.0.113.7", "unknown, 10.0.0.1", "::1", "[::1]:80", "x", "1.2.3.4:99999"]),
        ("X-Forwarded-Proto", ["https", "gopher", ""]),
        ("X-Forwarded-Host", ["example.org", "a b", "x:99999"]),
        ("Forwarded", ["for=203.0.113.7;proto=https", "for=\"", ";;;"]),
        ("Accept-Encoding", ["gzip", "br", "identity;q=0", "*;q=0", "zstd"]),
        ("Accept-Language", ["fr", "ar, *;q=0", "xx-YY-zz", ";q"]),
        ("If-Modified-Since", ["Sat, 21 Nov 2026 12:00:00 GMT", "yesterday"]),
        ("If-Range", ["\"1\"", "x"]),
        ("Cache-Control", ["no-cache", "max-age=99999999999999999999", "only-if-cached"]),
        ("Cookie", ["a=b", "=", "\u00FF"]),
        ("Prefer", ["return=minimal", "wait=99999999999"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Upgrade-Insecure-Requests", ["1"]),
        ("Sec-Fetch-Site", ["cross-site"]),
        ("Access-Control-Request-Method", ["PUT", "x"]),
        ("Traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x"]),
    ];

    public static string For(Draw draw, Operation operation, string role, bool isValid)
    {
        var fields = new StringBuilder("Host: votetracker.test\r\n");
        foreach (var parameter in operation.Parameters.Where(p => p.Place == "header"))
        {
            Add(fields, parameter.Name, Value(draw, operation, parameter.Name, isValid));
        }
        if (draw.OneIn(3))
        {
            Add(fields, "Accept", draw.Pick(Accepts));
        }
        if (!isValid)
        {
            for (var i = draw.Below(3); i > 0; i--)
            {
                var (name, values) = draw.Pick(Common);
                Add(fields, name, draw.Pick(values));
            }
            if (role == "anonymous" && draw.OneIn(6))
            {
                Add(
                    fields,
                    "Authorization",
                    draw.Pick((string[])["Bearer", "Bearer  ", "Basic YTpi", "vt_x", "Bearer \u00FF"])
                );
            }
        }
        return fields.ToString();
    }

    private static string? Value(Draw draw, Operation operation, string name, bool isValid) =>
        name switch
        {
            "If-Match" => isValid || draw.Percent(40) ? "*"
            : draw.Percent(80) ? draw.Pick(Tags)
            : null,
            // Of a read it names what the client has; of a write it says that nothing must be there.
            "If-None-Match" when operation.Method == "GET" => draw.OneIn(2)
                ? draw.Pick(draw.OneIn(3) ? ["*"] : Tags)
                : null,
            "If-None-Match" => !isValid && draw.OneIn(4) ? draw.Pick(draw.OneIn(2) ? ["*"] : Tags) : null,
            "Idempotency-Key" => draw.OneIn(4)
                ? draw.OneIn(8) && !isValid
                    ? draw.Pick((string[])["", " ", new string('k', 300), "\u00FF", "a,b", "\"k\""])
                    : string.Create(CultureInfo.InvariantCulture, $"\"key-{draw.Below(40)}\"")
                : null,
            "Last-Event-ID" => draw.OneIn(2)
                ? draw.Pick((string[])["1", "0", "999999", "-1", "x", "", "es-10-27:1"])
                : null,
            _ => draw.OneIn(2) ? Texts.Encoded(isValid ? Texts.Ordinary(draw) : Texts.Strange(draw)) : null,
        };

    private static void Add(StringBuilder fields, string name, string? value)
    {
        if (value is not null)
        {
            fields.Append(name).Append(": ").Append(value).Append("\r\n");
        }
    }
}
