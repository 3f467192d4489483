using System.Net;
using System.Net.Sockets;
using System.Text;
using VoteTracker.Tests.Contract.Recorded;

namespace VoteTracker.Tests.Endpoints.Bodies;

/// <summary>Bodies that are malformed on the connection, or end too early: over a real one, because only it has chunks.</summary>
public sealed class TransportFaultsTests
{
    [TestCase("ffffffffffffffff\r\n")]
    [TestCase("nonsense\r\n")]
    [TestCase("2\r\n{}0\r\n\r\n")]
    public async Task A_malformed_chunk_is_a_400_of_every_operation_with_a_body(string chunks)
    {
        using var app = new App();
        var server = app.Listen();
        await Each.Run(
            await BodyOperation.All(app),
            async operation =>
            {
                foreach (var more in (string[])["", "Idempotency-Key: a-key\r\n"])
                {
                    var answer = await Send(server, operation, $"{more}Transfer-Encoding: chunked\r\n", chunks);
                    answer.Status.ShouldBe(400, answer.BodyText);
                    answer.Header("Content-Type").ShouldBe("application/problem+json");
                    answer.BodyText.ShouldContain("\"body\"");
                }
            }
        );
        ShouldHaveLoggedNoFault(app);
    }

    [Test]
    public async Task A_client_that_leaves_in_the_middle_of_a_body_is_not_logged_as_a_fault()
    {
        using var app = new App(
            settings: new()
            {
                ["Logging:LogLevel:VoteTracker.Endpoints.Bodies.BodyFaults"] = "Debug",
                ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel"] = "Debug",
            }
        );
        var server = app.Listen();
        foreach (var operation in await BodyOperation.All(app))
        {
            foreach (var more in (string[])["", "Idempotency-Key: a-key\r\n"])
            {
                app.Log.Clear();
                using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
                {
                    await client.ConnectAsync(server);
                    await client.SendAsync(
                        Head(operation, $"{more}Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n")
                    );
                    // The server says to continue when the service begins to read the body.
                    var received = new byte[100];
                    var read = await client.ReceiveAsync(received);
                    Encoding.ASCII.GetString(received, 0, read).ShouldStartWith("HTTP/1.1 100 ");
                    // A reset, not an end.
                    client.LingerState = new LingerOption(true, 0);
                }
                await Until(app, "could not be read");
                await Until(app, "stopped.");
                ShouldHaveLoggedNoFault(app);
            }
        }
    }

    private static void ShouldHaveLoggedNoFault(App app)
    {
        app.Log.ShouldNotBeEmpty();
        app.Log.Where(line =>
                line.StartsWith("Warning", StringComparison.Ordinal)
                || line.StartsWith("Error", StringComparison.Ordinal)
                || line.StartsWith("Critical", StringComparison.Ordinal)
            )
            .ShouldBeEmpty();
    }

    private static byte[] Head(BodyOperation operation, string rest) =>
        Encoding.ASCII.GetBytes(
            $"{operation.Method} {operation.Path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {App.AdminKey}\r\n"
                + $"If-Match: *\r\nContent-Type: {operation.MediaType}\r\n{rest}"
        );

    private static Task<RawResponse> Send(IPEndPoint server, BodyOperation operation, string headers, string body) =>
        RawResponse.Receive(
            server,
            new RawRequest("admin", operation.Method, operation.Path)
            {
                Whole = Encoding.ASCII.GetString(Head(operation, headers)) + "\r\n" + body,
            },
            key: null
        );

    private static async Task Until(App app, string logged)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!app.Log.Any(line => line.Contains(logged, StringComparison.Ordinal)))
        {
            limit.IsCancellationRequested.ShouldBeFalse($"no '{logged}' in {string.Join('\n', app.Log)}");
            await Task.Delay(10);
        }
    }
}
