using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>A receiver of webhooks on a free port of this machine. It accepts everything, unless a test says otherwise.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestReceiver(WebApplication app) => _app = app;

    /// <summary>The setting that allows it.</summary>
    public static Dictionary<string, string> Settings => new() { ["WebhookHosts"] = "127.0.0.1" };

    /// <summary>Its address.</summary>
    public string Url => $"{_app.Urls.Single()}/hook";

    /// <summary>What it answers; 200 without a body at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Everything that it received, also what it did not accept.</summary>
    public ConcurrentQueue<ReceivedMessage> Received { get; } = new();

    /// <summary>What it accepted, in the order of its answers.</summary>
    public ConcurrentQueue<ReceivedMessage> Accepted { get; } = new();

    public static async Task<TestReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new TestReceiver(app);
        app.MapPost("/{path}", receiver.Receive);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with this status.</summary>
    public void AnswerWith(int status) =>
        Answer = http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    /// <summary>Waits until this number of messages was accepted, and returns them.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> WaitFor(int count)
    {
        await Until(() => Accepted.Count >= count, () => $"{Accepted.Count} of {count} messages were accepted");
        return [.. Accepted];
    }

    /// <summary>Waits until this number of messages was received, accepted or not.</summary>
    public Task WaitForReceived(int count) =>
        Until(() => Received.Count >= count, () => $"{Received.Count} of {count} messages were received");

    /// <summary>Waits for a condition.</summary>
    public static async Task Until(Func<bool> condition, Func<string> describe)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Hang.Limit)
            {
                throw new ShouldAssertException(describe());
            }
            await Task.Delay(10);
        }
    }

    /// <summary>Waits for a condition that takes a request.</summary>
    public static async Task Until(Func<Task<bool>> condition, Func<string> describe)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Hang.Limit)
            {
                throw new ShouldAssertException(describe());
            }
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(stop.Token);
        await _app.DisposeAsync();
    }

    private async Task Receive(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var message = new ReceivedMessage(
            http.Request.Headers["webhook-id"].ToString(),
            http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync()
        );
        Received.Enqueue(message);
        await Answer(http);
        if (http.Response.StatusCode is >= 200 and <= 299)
        {
            Accepted.Enqueue(message);
        }
    }
}

/// <summary>A message that a receiver got.</summary>
internal sealed record ReceivedMessage(string Id, string Timestamp, string Signature, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => Json["type"]!.GetValue<string>();

    public JsonNode Data => Json["data"]!;

    /// <summary>The type, and the version of the resolution.</summary>
    public string Short => $"{Type} {Data["version"]?.GetValue<long>().ToString(CultureInfo.InvariantCulture)}".Trim();

    /// <summary>Whether one of the signatures is of this secret, as a receiver checks it.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}"));
        return Signature
            .Split(' ')
            .Any(signature =>
                signature.StartsWith("v1,", StringComparison.Ordinal)
                && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature[3..]), expected)
            );
    }
}
