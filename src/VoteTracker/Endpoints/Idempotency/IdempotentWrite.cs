using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// The last step of an idempotent write: stores the response in the transaction of the write. So the response is stored if
/// and only if the write was committed. The middleware sets it as a feature of a request with an `Idempotency-Key`.
/// </summary>
internal sealed class IdempotentWrite(HttpContext http, IdempotencyKey key, string fingerprint)
{
    /// <summary>Whether a write has stored the response.</summary>
    public bool IsStored { get; private set; }

    /// <summary>The step for <see cref="Db.Write{T}(Func{Write, Task{T}}, Func{Write, object, Task})"/>; null without an `Idempotency-Key`.</summary>
    public static Func<Write, object?, Task>? StepOf(HttpContext http) =>
        http.Features.Get<IdempotentWrite>() is { } step ? step.StoreResult : null;

    /// <summary>Stores a response that no write has stored: nothing was written, or the request started background work.</summary>
    public async Task StoreResponse(Db db, byte[] body)
    {
        if (!IsStored && StoredResponse.FromResponse(http.Response, body) is { } response)
        {
            await db.WriteBookkeeping(write => response.Insert(write, key, fingerprint));
        }
    }

    private async Task StoreResult(Write write, object? result)
    {
        if (result is IResult success && await StoredResponse.FromResult(http, success) is { } response)
        {
            IsStored = await response.Insert(write, key, fingerprint)
                ? true
                : throw new ProblemException(IdempotencyMiddleware.StillRunning(http));
        }
    }
}

/// <summary>Runs writes whose result is the response, and stores the response with them if the request has a key.</summary>
internal readonly struct OnceWriter(Db db, HttpContext http)
{
    /// <summary>Runs a write in one transaction, with the storing of its response as the last step.</summary>
    public Task<T> Write<T>(Func<Write, Task<T>> work)
        where T : IResult => db.Write(work, IdempotentWrite.StepOf(http));
}

/// <summary>The writes of endpoints that accept an `Idempotency-Key`.</summary>
internal static class IdempotentDb
{
    /// <summary>Every endpoint that accepts the key writes through this, so that a repetition writes once.</summary>
    public static OnceWriter Once(this Db db, HttpContext http) => new(db, http);
}
