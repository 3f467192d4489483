namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Methods, addresses, keys and requests that are not those of the contract.</summary>
internal static class Addresses
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static async Task Play(Stage stage)
    {
        foreach (var path in Operation.All.GroupBy(o => o.Path))
        {
            await ByMethod(stage, path.First(), [.. path.Select(o => o.Method)]);
        }
        await Unknown(stage);
        await Authorization(stage);
        await Malformed(stage);
    }

    private static async Task ByMethod(Stage stage, Operation operation, IReadOnlyCollection<string> methods)
    {
        var path = stage.PathOf(operation, Reads.ListFor(operation));
        await stage.Send("anonymous", "OPTIONS", path);
        await stage.Send("viewer", "OPTIONS", path);
        await stage.Send(
            "anonymous",
            "OPTIONS",
            path,
            "Origin: https://example.org",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: authorization"
        );
        await stage.Get("viewer", path, "Origin: https://example.org");
        foreach (var method in Methods.Except(methods))
        {
            await stage.Send("admin", method, path);
        }
        await stage.Json("unknown-key", methods.Contains("POST") ? "PUT" : "POST", path, "{}");
        if (!methods.Contains("GET"))
        {
            await stage.Send("admin", "HEAD", path);
        }
    }

    private static async Task Unknown(Stage stage)
    {
        foreach (
            var path in (string[])
                [
                    "/",
                    "/states",
                    "/sign-in",
                    "/resolutions/es-10-27/screen",
                    "/docs",
                    "/docs/index.html",
                    "/openapi/v1.json",
                    "/openapi/v2.json",
                    "/v1",
                    "/v1/",
                    "/v2/sessions",
                    "/v1/nothing",
                    "/nothing.txt",
                    "//v1/sessions",
                    "/v1//sessions",
                    "/v1/../v1/sessions",
                    "/v1/resolutions/es-10-27/tally.json",
                    "/v1/resolutions/es-10-27/export/stances.",
                    "/v1/resolutions/es-10-27/export",
                    "/v1/export",
                    "/v1/export/nothing.csv",
                    "/health",
                    "/metrics",
                    "/swagger",
                    "/v1/sessions%2Fes-10",
                    "/v1/sess%69ons",
                    "/v1/sessions;a=b",
                    "/v1/sessions?%zz",
                    "/v1/sessions?limit=1&&=&a",
                ]
        )
        {
            await stage.Get("anonymous", path);
            await stage.Get("unknown-key", path);
            await stage.Send("anonymous", "HEAD", path);
            await stage.Json("admin", "POST", path, "{}");
            await stage.Send("anonymous", "OPTIONS", path, "Access-Control-Request-Method: GET");
        }
        await stage.Send("anonymous", "TRACE", "/v1/sessions");
        await stage.Send("anonymous", "PROPFIND", "/v1/sessions");
        await stage.Send("anonymous", "get", "/v1/sessions/es-10");
        await stage.Send("anonymous", "OPTIONS", "*");
        await stage.Send("anonymous", "GET", "http://votetracker.test/v1/sessions/es-10");
    }

    private static async Task Authorization(Stage stage)
    {
        var key = App.AdminKey;
        foreach (
            var value in (string[])
                [
                    $"bearer {key}",
                    $"Bearer  {key} ",
                    $"BEARER {key}",
                    $"Bearer {key}, Bearer {key}",
                    $"Basic {key}",
                    "Bearer",
                    "Bearer ",
                    "Bearer short",
                    "Bearer vt_\u00E9",
                    key,
                    "",
                ]
        )
        {
            foreach (var path in (string[])["/v1/api-keys?limit=x", "/v1/sessions/es-10", "/v1/nothing"])
            {
                await stage.Get("anonymous", path, $"Authorization: {value}");
            }
        }
        foreach (var role in (string[])["expired", "revoked"])
        {
            await stage.Get(role, "/v1/sessions/es-10");
            await stage.Get(role, $"/v1/resolutions/{Stage.Public}/tally");
            await stage.Get(role, "/v1/stream");
        }
        await stage.Get("admin", "/v1/sessions/es-10", $"Authorization: Bearer {key}");
    }

    private static async Task Malformed(Stage stage)
    {
        foreach (
            var whole in (string[])
                [
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.0\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.0\r\nHost: a\r\n\r\n",
                    "GET /v1/sessions/es-10\r\n\r\n",
                    "GET  /v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /v1/sessions HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                    "GET /v1/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/%C3%28 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "POST /v1/contacts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "PUT /v1/resolutions/es-10-l-34/stances/NOR HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
                    "POST /v1/contacts HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
                    $"POST /v1/contacts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {App.AdminKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
                    $"POST /v1/api-keys HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {App.AdminKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
                    $"POST /v1/api-keys HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {App.AdminKey}\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nHost: a\r\nX: "
                        + new string('x', 40_000)
                        + "\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/" + new string('x', 9_000) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nHost: a\r\nRange: bytes=0-3\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nIf-Modified-Since: Sat, 21 Nov 2026 15:00:00 GMT\r\nConnection: close\r\n\r\n",
                    "GET /v1/sessions/es-10 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                ]
        )
        {
            var line = whole.Split("\r\n")[0];
            var note = whole
                .Replace("\r\n", " / ", StringComparison.Ordinal)
                .Replace(App.AdminKey, "<admin>", StringComparison.Ordinal);
            await stage.Play(
                new RawRequest(
                    "anonymous",
                    line.Split(' ')[0],
                    line.Split(' ').Length > 2 ? line.Split(' ')[1][..Math.Min(100, line.Split(' ')[1].Length)] : "/"
                )
                {
                    Whole = whole,
                    Note = note[..Math.Min(300, note.Length)],
                }
            );
        }
    }
}
