using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Endpoints.Limits;

namespace VoteTracker.Tests.Endpoints.Server;

/// <summary>What one client can open: streams, connections, headers, expensive reads.</summary>
public sealed class ClientLimitsTests
{
    private const string Stream = "/v1/resolutions/es-10-27/tally/stream";

    [Test]
    public async Task One_stream_more_than_the_limit_of_an_address_is_a_429_until_one_ends()
    {
        using var app = new App(settings: new() { ["StreamsPerAddress"] = "2", ["TrustedProxies"] = "127.0.0.1" });
        using var client = new HttpClient { BaseAddress = app.Address };
        using var first = await Open(client, Stream, "192.0.2.1");
        using var second = await Open(client, "/v1/stream", "192.0.2.1");
        foreach (var open in (HttpResponseMessage[])[first, second])
        {
            ((int)open.StatusCode).ShouldBe(200);
        }
        foreach (var path in (string[])[Stream, "/v1/stream"])
        {
            using var third = await Open(client, path, "192.0.2.1");
            var problem = await third.ShouldBeProblem(429);
            problem["detail"]!.GetValue<string>().ShouldContain("2 open streams");
            third.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        }
        // Other addresses have their own limit, and a poll has none.
        using (var other = await Open(client, Stream, "192.0.2.2"))
        {
            ((int)other.StatusCode).ShouldBe(200);
        }
        await client.GetJson("/v1/resolutions/es-10-27/tally");

        second.Dispose();
        while (true)
        {
            using var again = await Open(client, Stream, "192.0.2.1");
            if ((int)again.StatusCode == 200)
            {
                break;
            }
            await Task.Delay(10);
        }
    }

    [TestCase("ConnectionsPerAddress")]
    [TestCase("MaxConnections")]
    public async Task One_connection_more_than_the_limit_is_closed_until_one_ends(string setting)
    {
        using var app = new App(settings: new() { [setting] = "2" });
        var address = app.Listen();
        using var first = await Connect(address);
        using var second = await Connect(address);
        (await Send(first, "")).ShouldStartWith("HTTP/1.1 200");
        (await Send(second, "")).ShouldStartWith("HTTP/1.1 200");
        (await TrySend(address)).ShouldBe("");
        second.Dispose();
        while (true)
        {
            if ((await TrySend(address)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                break;
            }
            await Task.Delay(10);
        }
        (await Send(first, "")).ShouldStartWith("HTTP/1.1 200");
    }

    [Test]
    public async Task A_trusted_proxy_has_no_limit_of_connections()
    {
        using var app = new App(
            settings: new() { ["ConnectionsPerAddress"] = "1", ["TrustedProxies"] = "127.0.0.0/8" }
        );
        var address = app.Listen();
        using var first = await Connect(address);
        using var second = await Connect(address);
        (await Send(first, "")).ShouldStartWith("HTTP/1.1 200");
        (await Send(second, "")).ShouldStartWith("HTTP/1.1 200");
    }

    [Test]
    public async Task Too_many_or_too_long_headers_are_a_431()
    {
        using var app = new App();
        var address = app.Listen();
        using (var few = await Connect(address))
        {
            (await Send(few, string.Concat(Enumerable.Range(0, 60).Select(i => $"X-{i}: a\r\n")))).ShouldStartWith(
                "HTTP/1.1 200"
            );
        }
        using (var many = await Connect(address))
        {
            (await Send(many, string.Concat(Enumerable.Range(0, 70).Select(i => $"X-{i}: a\r\n")))).ShouldStartWith(
                "HTTP/1.1 431"
            );
        }
        using var large = await Connect(address);
        (await Send(large, $"X-Large: {new string('a', 20_000)}\r\n")).ShouldStartWith("HTTP/1.1 431");
    }

    [Test]
    public async Task One_caller_cannot_fill_the_queue_of_expensive_reads()
    {
        using var app = new App(settings: new() { ["ExpensiveReadsPerCaller"] = "3" });
        using var viewer = app.Viewer;
        using var other = app.Lobbyist;
        var reads = app.Services.GetRequiredService<ExpensiveReads>();
        var places = new List<IDisposable>();
        for (var i = 0; i < 4; i++)
        {
            places.Add((await reads.Begin(http: null, hasKey: true)).ShouldNotBeNull());
        }
        // Three wait, because all places are taken, and one is refused. The scheme of a key has several spellings.
        var key = viewer.DefaultRequestHeaders.Authorization!.Parameter;
        viewer.DefaultRequestHeaders.Authorization = null;
        var waiting = ((string[])["Bearer", "bearer", "BEARER", "Bearer  "]).Select(scheme => Ask(scheme)).ToList();
        var first = await Task.WhenAny(waiting);
        waiting.Remove(first);
        using var refused = await first;
        (await refused.ShouldBeProblem(429))["detail"]!.GetValue<string>().ShouldContain("3 exports");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        var others = other.GetAsync("/v1/agreement?a=NOR");
        places.ForEach(place => place.Dispose());
        foreach (var read in waiting.Append(others))
        {
            ((int)(await read).StatusCode).ShouldBe(200);
        }
        // Their places are free again.
        using var again = await Ask("Bearer");
        ((int)again.StatusCode).ShouldBe(200);

        async Task<HttpResponseMessage> Ask(string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agreement?a=NOR");
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {key}");
            return await viewer.SendAsync(request);
        }
    }

    private static async Task<HttpResponseMessage> Open(HttpClient client, string path, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", address);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<TcpClient> Connect(IPEndPoint address)
    {
        var client = new TcpClient { ReceiveTimeout = 60_000 };
        await client.ConnectAsync(address);
        return client;
    }

    // On a new connection, which the server can reset before it is complete.
    private static async Task<string> TrySend(IPEndPoint address)
    {
        try
        {
            using var client = await Connect(address);
            return await Send(client, "");
        }
        catch (SocketException)
        {
            return "";
        }
    }

    // The beginning of the response; empty if the connection was closed.
    private static async Task<string> Send(TcpClient client, string headers)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        var bytes = new byte[65_536];
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"),
                limit.Token
            );
            return Encoding.ASCII.GetString(bytes, 0, await stream.ReadAsync(bytes, limit.Token));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
