using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Bodies;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// A POST with an `Idempotency-Key` takes effect once: a repetition within 24 hours gets the stored response
/// (draft-ietf-httpapi-idempotency-key-header). <see cref="IdempotentWrite"/> stores it with the write. A rejected request
/// has no effect and is not stored, so the client may send it again.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, Db db, Settings settings, TimeProvider clock)
{
    private const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private const int MaxBytesInMemory = 1024 * 1024;
    private readonly ConcurrentDictionary<string, byte> _running = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http) =>
        http.Request.Headers[Header] is { Count: > 0 } sent
        && http.GetEndpoint()?.Metadata.GetMetadata<Idempotent>() is not null
            ? RunOnce(http, sent.ToString())
            : next(http);

    private async Task RunOnce(HttpContext http, string sent)
    {
        if (sent.Length is 0 or > MaxKeyLength || sent.Any(c => c is < ' ' or > '~'))
        {
            await Problems
                .Invalid(Header, $"must be 1 to {MaxKeyLength} visible ASCII characters, such as a UUID")
                .ExecuteAsync(http);
            return;
        }
        var key = new IdempotencyKey(SecretOf(http), sent);
        if (!_running.TryAdd(key.Hash, 0))
        {
            await StillRunning(http).ExecuteAsync(http);
            return;
        }
        try
        {
            await RunOnce(http, key);
        }
        finally
        {
            _running.TryRemove(key.Hash, out _);
        }
    }

    private async Task RunOnce(HttpContext http, IdempotencyKey key)
    {
        var metadata = http.GetEndpoint()!.Metadata;
        var limit =
            metadata.GetMetadata<AcceptedFile>() is null || metadata.GetMetadata<SmallFile>() is not null
                ? settings.MaxBodyBytes
                : settings.MaxImportBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new ProblemException(Problems.TooLarge(limit));
        }
        ContentCoding.Decode(http, limit);
        http.Request.Body = new BodyStream(http, limit);
        http.Request.EnableBuffering(MaxBytesInMemory, bufferLimit: long.MaxValue);
        var fingerprint = await key.Fingerprint(http.Request, http.RequestAborted);
        http.Request.Body.Position = 0;
        if (await db.Read(c => StoredResponse.Find(c, key, clock.GetUtcNow())) is { } first)
        {
            if (first.Fingerprint != fingerprint)
            {
                await AnotherRequest().ExecuteAsync(http);
                return;
            }
            if (metadata.GetMetadata<BeforeReplay>() is { } before)
            {
                await before.Run(http);
            }
            await first.Response.Send(http);
            return;
        }
        var write = new IdempotentWrite(http, key, fingerprint);
        http.Features.Set(write);
        await Respond(http, write);
    }

    // The key of the caller; with a session the token of its cookie.
    private static string SecretOf(HttpContext http) =>
        SessionCookie.NamesCaller(http)
            ? $"session {SessionCookie.ReadToken(http)}"
            : http.Request.Headers.Authorization.ToString();

    // The response is sent after it is stored.
    private async Task Respond(HttpContext http, IdempotentWrite write)
    {
        var connection = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
            await write.StoreResponse(db, buffer.ToArray());
        }
        finally
        {
            http.Response.Body = connection;
        }
        buffer.Position = 0;
        await buffer.CopyToAsync(connection, http.RequestAborted);
    }

    /// <summary>The problem of a repetition while the first request is running.</summary>
    public static ProblemHttpResult StillRunning(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return ConflictTypes.StillRunning.Create();
    }

    private static ProblemHttpResult AnotherRequest() => ProblemTypes.AnotherRequest.Create();
}
