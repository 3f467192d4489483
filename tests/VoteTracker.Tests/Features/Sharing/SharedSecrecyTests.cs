using System.Net.Sockets;
using System.Text;
using VoteTracker.Security;
using VoteTracker.Tests.Features.Tallies;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>The secret of a link is in no log, no database file, and no response but the first one and its own page.</summary>
[EveryEngine]
public sealed class SharedSecrecyTests
{
    // An operator who wants to see everything, with each kind of rule.
    internal static readonly Dictionary<string, string> LogsEverything = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:FastEndpoints"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests"] = "Trace",
        ["Logging:VoteTracker.Tests.App+QueueLog:LogLevel:Default"] = "Trace",
        ["Logging:VoteTracker.Tests.App+QueueLog:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
    };

    [Test]
    public async Task No_log_and_no_database_file_has_the_secret_of_a_link()
    {
        using var app = new App(settings: LogsEverything);
        var server = app.Listen();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        var link = await app.Share(id, "positions");
        var narrow = await app.Share(id);
        using var client = app.Anonymous;
        await RequestEverything(client, link);
        await RequestEverything(client, narrow);
        foreach (var secret in (string[])[link.Secret, narrow.Secret])
        {
            await SendMalformed(server, secret);
        }
        using (var listener = await Listener.OpenPath(client, link.Path + "/stream"))
        {
            await listener.Next();
            await app.Revoke(id, link);
            await listener.End();
        }
        await RequestEverything(client, link);
        // The uses are written.
        (await app.Coordinator.GetItems($"/v1/resolutions/{id}/share-links")).Count.ShouldBe(2);
        app.Log.ShouldContain(line => line.Contains("/shared/", StringComparison.Ordinal), "requests are logged");
        app.Log.ShouldContain(line => line.Contains($"/v1/resolutions/{id}", StringComparison.Ordinal));
        var stored = string.Join('\n', Databases.Dump(app.Folder));
        stored.ShouldContain(ApiKey.Hash(link.Secret));
        var files = Databases.ArePostgres ? "" : string.Concat(FilesOf(app));
        foreach (var secret in (string[])[link.Secret, narrow.Secret])
        {
            // Cut secrets are as bad: half of it has 80 bits.
            foreach (var part in (string[])[secret, secret[..16], secret[16..]])
            {
                app.Log.ShouldNotContain(line => line.Contains(part, StringComparison.OrdinalIgnoreCase));
                stored.ShouldNotContain(part);
                files.Contains(part, StringComparison.Ordinal).ShouldBeFalse("a file of the database has the secret");
            }
            var lookup = ApiKey.Lookup(ApiKey.Hash(secret));
            app.Log.ShouldNotContain(line => line.Contains(lookup, StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task No_response_but_its_own_page_repeats_the_secret()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var link = await app.Share(id, "positions");
        using var client = app.Anonymous;
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Options, HttpMethod.Head])
        {
            foreach (var path in Paths(link))
            {
                using var answer = await Send(client, method, path);
                answer.ToString().ShouldNotContain(link.Secret, customMessage: path);
                var type = answer.Content.Headers.ContentType?.MediaType;
                var isOwnPage = type == "text/html" && (int)answer.StatusCode == 200;
                if (!isOwnPage && type != "text/event-stream")
                {
                    var body = await answer.Content.ReadAsStringAsync();
                    body.ShouldNotContain(link.Secret, customMessage: $"{method} {path}");
                }
            }
        }
    }

    private static IEnumerable<string> Paths(SharedLink link) =>
        SharedLinks
            .Data.SelectMany(data => (string[])[data, $"{data}?lang=fr", $"{data}?x={link.Secret[..4]}"])
            .Append("")
            .Append("?lang=fr&since=2026-11-21T15:00:00Z&compare=es-10-27")
            .Append("?atLeast=99999999999999999999&q=x")
            .Append("/")
            .Append("/nothing")
            .Append("/nothing.svg")
            .Append("/tally/nothing")
            .Append("/tally.json")
            .Append("/path.svg")
            .Append("/assets/site.css")
            .Append("%2Ftally")
            .Select(data => link.Path + data)
            .Append(link.Path.ToUpperInvariant() + "/tally")
            .Append("/SHARED" + link.Path["/shared".Length..] + "/tally")
            .Concat(WithWrongSlashes(link.Secret));

    private static IEnumerable<string> WithWrongSlashes(string secret) =>
        (
            (string[])
                [
                    "//shared/",
                    "///Shared/",
                    "/shared//",
                    "//SHARED//",
                    "/shared%2F",
                    "/shared%2f/",
                    "/%2Fshared%2F",
                    "/%2fshared/",
                    "/shared%252F",
                    "/shared/x/",
                    "/shared/x%2F",
                    "/shared/x/tally/",
                    "/shared%5C",
                ]
        ).SelectMany(start => (string[])[$"{start}{secret}", $"{start}{secret}/tally"]);

    [Test]
    public async Task An_address_with_wrong_slashes_is_a_404_with_the_headers_of_a_link()
    {
        using var app = new App();
        var link = await app.Share(await app.OpenDraft());
        using var client = app.Anonymous;
        foreach (var path in WithWrongSlashes(link.Secret))
        {
            using var answer = await Send(client, HttpMethod.Get, path);
            ((int)answer.StatusCode).ShouldBe(404, path);
            answer.Headers.GetValues("X-Robots-Tag").ShouldHaveSingleItem(path).ShouldBe("noindex, nofollow");
            answer.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem(path).ShouldBe("no-referrer");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
        }
    }

    private static async Task RequestEverything(HttpClient client, SharedLink link)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options])
        {
            foreach (var path in Paths(link))
            {
                using var answer = await Send(client, method, path);
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            }
        }
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path)
    {
        // Two slashes at the start of a relative address would name a host.
        var origin = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(method, origin + path);
        request.Headers.Add("Accept", "text/html, */*");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "not an address").ShouldBeTrue();
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // What the server rejects before any code of the service runs.
    private static async Task SendMalformed(System.Net.IPEndPoint server, string secret)
    {
        foreach (
            var line in (string[])
                [
                    $"GET /shared/{secret}/tally HTTP/9.9",
                    $"GET /shared/{secret}/ta lly HTTP/1.1",
                    $"GET /shared/{secret}\u0001 HTTP/1.1",
                    $"GET shared/{secret} HTTP/1.1",
                    $"GET //shared/{secret} HTTP/1.1\r\nHost: a",
                    $"GET /shared//{secret} HTTP/1.1\r\nHost: a",
                    $"GET /shared%2F{secret} HTTP/1.1\r\nHost: a",
                    $"G\u0001T /shared/{secret}/tally HTTP/1.1",
                    $"/shared/{secret}",
                    $"GET /shared/{secret}/tally HTTP/1.1\r\nHost: a\r\nContent-Length: x",
                    $"GET http://[/shared/{secret} HTTP/1.1",
                ]
        )
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\n\r\n"));
            using var limit = new CancellationTokenSource(Hang.Limit);
            var buffer = new byte[4096];
            var read = await stream.ReadAsync(buffer, limit.Token);
            Encoding.Latin1.GetString(buffer, 0, read).ShouldNotContain(secret);
        }
    }

    private static IEnumerable<string> FilesOf(App app) =>
        Directory
            .GetFiles(app.Folder)
            .Where(file => !file.EndsWith("-lock", StringComparison.Ordinal))
            .Select(file =>
            {
                using var stream = new FileStream(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete
                );
                using var reader = new StreamReader(stream, Encoding.Latin1);
                return reader.ReadToEnd();
            });
}
