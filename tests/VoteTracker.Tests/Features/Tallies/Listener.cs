using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>A listener. The test fails if an event does not arrive within a minute.</summary>
internal sealed class Listener : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private Listener(HttpResponseMessage answer, Stream stream) =>
        (_answer, _reader) = (answer, new StreamReader(stream));

    /// <summary>Listens to one resolution.</summary>
    public static Task<Listener> Open(HttpClient client, string id, string? lastEventId = null) =>
        OpenPath(client, $"/v1/resolutions/{id}/tally/stream", lastEventId);

    /// <summary>Listens to all resolutions that the client may see.</summary>
    public static Task<Listener> OpenAll(HttpClient client) => OpenPath(client, "/v1/stream");

    /// <summary>The next event.</summary>
    public async Task<(string Id, JsonNode Tally)> Next() =>
        await NextOrEnd() ?? throw new ShouldAssertException("the stream ended");

    /// <summary>The next event, or null if the stream ended with a reconnection delay.</summary>
    public async Task<(string Id, JsonNode Tally)?> NextOrEnd()
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        var (lines, last) = (new List<string>(), new List<string>());
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
                continue;
            }
            if (lines.Contains("event: tally"))
            {
                lines.Count.ShouldBe(3, string.Join('|', lines));
                var id = lines.Single(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..];
                var data = lines.Single(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..];
                return (id, JsonNode.Parse(data)!);
            }
            (lines, last) = ([], lines);
        }
        last.ShouldHaveSingleItem().ShouldMatch("^retry: [1-9][0-9]{3}$", "a stream ends with a reconnection delay");
        return null;
    }

    /// <summary>Reads until the stream ends, without a further tally.</summary>
    public async Task End()
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            line.ShouldNotBe("event: tally");
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
    }

    /// <summary>Listens at this address.</summary>
    public static async Task<Listener> OpenPath(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)answer.StatusCode).ShouldBe(200);
        return new Listener(answer, await answer.Content.ReadAsStreamAsync());
    }
}
