using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Receivers that never answer, answer too much, close early or answer something else.</summary>
public sealed class BadReceiversTests
{
    [Test]
    public async Task A_receiver_that_never_answers_delays_no_other_and_times_out_after_15_seconds()
    {
        await using var receiver = await TestReceiver.Start();
        await using var other = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var id = await app.OpenDraft();
        using var stop = new CancellationTokenSource();
        receiver.Answer = _ => Task.Delay(Timeout.Infinite, stop.Token);
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        await app.Coordinator.AddWebhook(other.Url, "stance.changed");
        await app.RecordStances(id, "NOR", "ZAF", "BRA");
        await receiver.WaitForReceived(1);
        (await other.WaitFor(3)).Select(m => m.Data.Text("memberState")).ShouldBe(["NOR", "ZAF", "BRA"]);
        app.Clock.Advance(TimeSpan.FromSeconds(15));
        var delivery = (await app.Coordinator.WaitForDeliveries(webhook, "pending 1", "pending 0", "pending 0"))[0];
        (delivery.Text("lastFault"), delivery.IntOrNull("lastStatus")).ShouldBe(("timeout", null));
        await stop.CancelAsync();
    }

    [Test]
    public async Task An_answer_of_10_MB_is_not_read_and_counts_by_its_status()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sending = SendMuch(listener);
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook($"http://{listener.LocalEndpoint}/", "stance.changed");
        using var test = await app.Coordinator.PostAsync($"/v1/webhooks/{webhook.Text("id")}/test", content: null);
        (await test.Json()).Text("status").ShouldBe("delivered");
        // The buffers of the sockets hold some of it.
        (await sending).ShouldBeLessThan(9 * 1024 * 1024);
    }

    [TestCase("", "connection")]
    [TestCase("HTTP/1.1 200", "connection")]
    [TestCase("This is not HTTP.\r\n\r\n", "response")]
    [TestCase("HTTP/1.1 999999 No\r\n\r\n", "response")]
    public async Task A_receiver_that_closes_early_or_speaks_something_else_failed(string answer, string fault)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Serve(listener, answer);
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook($"http://{listener.LocalEndpoint}/", "stance.changed");
        using var test = await app.Coordinator.PostAsync($"/v1/webhooks/{webhook.Text("id")}/test", content: null);
        var delivery = await test.Json();
        (delivery.Text("status"), delivery.Text("lastFault")).ShouldBe(("failed", fault));
    }

    [Test]
    public async Task A_receiver_that_closes_in_the_middle_of_its_answer_has_accepted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Serve(listener, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook($"http://{listener.LocalEndpoint}/", "stance.changed");
        using var test = await app.Coordinator.PostAsync($"/v1/webhooks/{webhook.Text("id")}/test", content: null);
        (await test.Json()).Text("status").ShouldBe("delivered");
    }

    [Test]
    public async Task A_receiver_that_is_not_there_or_has_no_certificate_failed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Serve(listener, "HTTP/1.1 200 OK\r\n\r\n");
        using var app = new App(settings: TestReceiver.Settings);
        var secure = await app.Coordinator.AddWebhook($"https://127.0.0.1:{port}/", "stance.changed");
        using var first = await app.Coordinator.PostAsync($"/v1/webhooks/{secure.Text("id")}/test", content: null);
        (await first.Json()).Text("lastFault").ShouldBe("tls");
        listener.Stop();
        var plain = await app.Coordinator.AddWebhook($"http://127.0.0.1:{port}/", "stance.changed");
        using var second = await app.Coordinator.PostAsync($"/v1/webhooks/{plain.Text("id")}/test", content: null);
        (await second.Json()).Text("lastFault").ShouldBe("connection");
    }

    private static async Task Serve(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[16 * 1024]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                client.Client.Shutdown(SocketShutdown.Send);
                _ = await stream.ReadAsync(new byte[1]);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    // Returns how much was sent until the connection ended.
    private static async Task<int> SendMuch(TcpListener listener)
    {
        const int most = 10 * 1024 * 1024;
        var sent = 0;
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[16 * 1024]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {most}\r\n\r\n"));
        var block = new byte[64 * 1024];
        try
        {
            for (; sent < most; sent += block.Length)
            {
                await stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // The service has closed the connection.
        }
        return sent;
    }
}
