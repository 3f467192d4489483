using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace VoteTracker.Tests.Endpoints.Bodies;

/// <summary>Bodies that never arrive completely do not delay the stop of the service.</summary>
public sealed class UnfinishedBodiesTests
{
    [TestCase("")]
    [TestCase("Content-Encoding: gzip\r\n")]
    [TestCase("Idempotency-Key: a-key\r\n")]
    public async Task A_stop_does_not_wait_for_the_rest_of_a_body(string header)
    {
        using var app = new App(
            settings: new()
            {
                ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel"] = "Debug",
                // After this time the service would close the connections without a response.
                ["StopSeconds"] = "600",
            }
        );
        var server = app.Listen();
        var clients = new List<TcpClient>();
        try
        {
            foreach (var operation in await BodyOperation.All(app))
            {
                var client = new TcpClient();
                clients.Add(client);
                await client.ConnectAsync(server);
                await client
                    .GetStream()
                    .WriteAsync(
                        Encoding.ASCII.GetBytes(
                            $"{operation.Method} {operation.Path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {App.AdminKey}\r\n"
                                + $"If-Match: *\r\nContent-Type: {operation.MediaType}\r\n{header.Replace("a-key", $"key-{clients.Count}", StringComparison.Ordinal)}"
                                + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
                        )
                    );
                // The server sends this response when the service begins to read the body.
                const string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
                var received = new byte[proceed.Length];
                await client.GetStream().ReadExactlyAsync(received);
                Encoding.ASCII.GetString(received).ShouldBe(proceed, operation.Path);
            }
            clients.ShouldNotBeEmpty();

            await app.Services.GetRequiredService<IHost>().StopAsync();

            foreach (var client in clients)
            {
                (await client.ReadToEnd()).ShouldStartWith("HTTP/1.1 503 ");
            }
            app.Log.Where(line => line.Contains("closed gracefully", StringComparison.Ordinal))
                .ShouldBeEmpty("the server has waited for connections");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
