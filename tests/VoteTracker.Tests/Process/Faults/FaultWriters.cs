using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>
/// Clients that write while the database fails: one half creates contacts without an `Idempotency-Key`, the other half
/// records stances. Each write has a unique text, by which it is found again. No write is sent twice.
/// </summary>
internal sealed class FaultWriters(Service service, string resolution)
{
    private const int Count = 12;
    private static readonly string[] States = ["BRA", "EGY", "FRA", "IND", "JPN", "KEN"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly ConcurrentBag<string> _notDone = [];
    private readonly ConcurrentBag<string> _unknown = [];
    private readonly ConcurrentBag<string> _unexpected = [];

    /// <summary>Answered with 200 or 201.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    /// <summary>The response was a 503 that does not advise the client to read again.</summary>
    public IReadOnlyCollection<string> NotDone => _notDone;

    /// <summary>The response was a 503 that advises the client to read again, or there was none.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    /// <summary>Responses that are neither.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    public Task Run(CancellationToken stop) =>
        Task.WhenAll(
            Enumerable.Range(0, Count).Select(writer => Task.Run(() => Run(writer, stop), CancellationToken.None))
        );

    private async Task Run(int writer, CancellationToken stop)
    {
        using var client = service.Client();
        for (var i = 0; !stop.IsCancellationRequested && !service.HasExited; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"desk {writer}-{i}");
            if (!await (writer % 2 == 0 ? Create(client, text) : Record(client, States[writer / 2], text)))
            {
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private Task<bool> Create(HttpClient client, string name)
    {
        var contact = new
        {
            memberState = "NOR",
            name,
            office = "mission",
        };
        return Keep(name, client.PostAsJsonAsync("/v1/contacts", contact));
    }

    private Task<bool> Record(HttpClient client, string state, string note)
    {
        var stance = new
        {
            position = "yes",
            certainty = "likely",
            evidence = "call",
            note,
        };
        return Keep(note, client.Put($"/v1/resolutions/{resolution}/stances/{state}", stance));
    }

    private async Task<bool> Keep(string text, Task<HttpResponseMessage> sent)
    {
        try
        {
            using var answer = await sent;
            var body = await answer.Content.ReadAsStringAsync();
            var kind = (int)answer.StatusCode switch
            {
                200 or 201 => _acknowledged,
                503 when IsToBeReadAgain(body) => _unknown,
                503 => _notDone,
                _ => _unexpected,
            };
            kind.Add(kind == _unexpected ? $"{(int)answer.StatusCode} {body}" : text);
            return kind == _acknowledged;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            _unknown.Add(text);
            return false;
        }
    }

    private static bool IsToBeReadAgain(string problem) =>
        JsonNode.Parse(problem)!["detail"]!
            .GetValue<string>()
            .Contains("read again", StringComparison.OrdinalIgnoreCase);
}
