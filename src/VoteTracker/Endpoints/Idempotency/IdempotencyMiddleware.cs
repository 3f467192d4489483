using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Bodies;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// A POST with an `Idempotency-Key` takes effect once, however often it is sent: a repeat within 24 hours gets the first
/// answer (draft-ietf-httpapi-idempotency-key-header). What was answered is kept in the transaction of what was done, so
/// that one is never without the other. What was refused took no effect, is not kept, and may be sent again.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, Db db, Settings settings, TimeProvider clock)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const int KeptInMemory = 1024 * 1024;
    private readonly ConcurrentDictionary<string, byte> _running = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http) =>
        http.Request.Headers[Header] is { Count: > 0 } sent
        && http.GetEndpoint()?.Metadata.GetMetadata<Idempotent>() is not null
            ? Once(http, sent.ToString())
            : next(http);

    private async Task Once(HttpContext http, string sent)
    {
        if (sent.Length is 0 or > LongestKey || sent.Any(c => c is < ' ' or > '~'))
        {
            await Problems
                .Invalid(Header, $"must be 1 to {LongestKey} visible ASCII characters, such as a UUID")
                .ExecuteAsync(http);
            return;
        }
        var key = new IdempotencyKey(http.Request.Headers.Authorization.ToString(), sent);
        if (!_running.TryAdd(key.Hash, 0))
        {
            await StillRunning(http).ExecuteAsync(http);
            return;
        }
        try
        {
            await Once(http, key);
        }
        finally
        {
            _running.TryRemove(key.Hash, out _);
        }
    }

    private async Task Once(HttpContext http, IdempotencyKey key)
    {
        var limit = http.GetEndpoint()!.Metadata.GetMetadata<AcceptedFile>() is null
            ? settings.MaxBodyBytes
            : settings.MaxImportBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new ProblemException(Problems.TooLarge(limit));
        }
        ContentCoding.Decode(http, limit);
        http.Request.Body = new BodyStream(http);
        http.Request.EnableBuffering(KeptInMemory, limit);
        var fingerprint = await Fingerprint(http, key, limit);
        if (await db.Read(c => StoredResponse.Find(c, key, clock.GetUtcNow())) is { } first)
        {
            await (first.Fingerprint == fingerprint ? first.Answer.Send(http) : AnotherRequest().ExecuteAsync(http));
            return;
        }
        var isKept = false;
        Alongside.Ask(
            async (write, result) =>
            {
                if (result is IResult answer && await StoredResponse.FromResponse(http, answer) is { } kept)
                {
                    isKept = await kept.Insert(write, key, fingerprint)
                        ? true
                        : throw new ProblemException(StillRunning(http));
                }
            }
        );
        await Answer(
            http,
            async body =>
            {
                // What changed nothing, or what goes on by itself, has no transaction of its own to be kept in.
                if (!isKept && StoredResponse.FromResponse(http.Response, body) is { } kept)
                {
                    await db.Write(write => kept.Insert(write, key, fingerprint));
                }
            }
        );
    }

    // The answer is held back until it is kept.
    private async Task Answer(HttpContext http, Func<byte[], Task> keep)
    {
        var connection = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await next(http);
            await keep(held.ToArray());
        }
        finally
        {
            http.Response.Body = connection;
        }
        held.Position = 0;
        await held.CopyToAsync(connection, http.RequestAborted);
    }

    private static async Task<string> Fingerprint(HttpContext http, IdempotencyKey key, long limit)
    {
        try
        {
            var fingerprint = await key.Fingerprint(http.Request, http.RequestAborted);
            http.Request.Body.Position = 0;
            return fingerprint;
        }
        catch (IOException) when (http.Request.Body.Length > limit)
        {
            throw new ProblemException(Problems.TooLarge(limit));
        }
    }

    private static ProblemHttpResult StillRunning(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return ConflictTypes.StillRunning.Create();
    }

    private static ProblemHttpResult AnotherRequest() => ProblemTypes.AnotherRequest.Create();
}
