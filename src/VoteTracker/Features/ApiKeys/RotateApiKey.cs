using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Replaces a key by a new one of the same holder.</summary>
internal sealed class RotateApiKey(Db db, ApiKeyStore keys, TimeProvider clock)
    : Endpoint<RotateApiKeyRequest, Results<Created<NewApiKey>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/api-keys/{id}/rotate");
        Description(route =>
            route
                .Requires(Right.ManageKeys)
                .AcceptsIdempotencyKey()
                .Described(
                    "API keys",
                    "Replaces a key",
                    "The new key has the same label, role and resolutions, and is returned once. It expires at `expiresAt`; without it, when the old one would have. The old key stays valid for `graceMinutes`, and never longer than before. Without a body, that is an hour. This is the only way to use a label again. 409 if the key is no longer valid, or was already replaced."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The key is no longer valid, or was already replaced; see `type`."
                )
        );
    }

    public override async Task<Results<Created<NewApiKey>, ProblemHttpResult>> ExecuteAsync(
        RotateApiKeyRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.ApiKey);
        var caller = Caller.FromContext(HttpContext);
        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            return Problems.Invalid("expiresAt", "must be in the future");
        }
        HttpContext.Response.Headers.CacheControl = "no-store";
        var once = db.Once(HttpContext);
        var result = await once.Write<Results<Created<NewApiKey>, ProblemHttpResult>>(async write =>
        {
            if (await ApiKeyRow.Find(write.Connection, id) is not { } old)
            {
                return Problems.NotFound("There is no key with this id.");
            }
            if (!old.IsValid(write.Now) || old.Subject is not null)
            {
                return ConflictTypes.KeyNotValid.Create();
            }
            if (old.ReplacedBy is { } newer)
            {
                return ConflictTypes.KeyReplaced.Create(newer);
            }
            var grace = TimeSpan.FromMinutes(request.GraceMinutes ?? RotateApiKeyRequest.DefaultGraceMinutes);
            return TypedResults.Created(
                "/v1/api-keys",
                await IssuedKey.Replace(write, old, write.Now + grace, request.ExpiresAt, caller.Label)
            );
        });
        keys.ClearCache();
        return result;
    }
}

/// <summary>How a key is replaced.</summary>
public sealed record RotateApiKeyRequest : IOptionalBody
{
    /// <summary>How long the old key stays valid if the request does not say.</summary>
    internal const int DefaultGraceMinutes = 60;

    /// <summary>A week.</summary>
    internal const int MostGraceMinutes = 7 * 24 * 60;

    /// <summary>How many minutes the old key stays valid: 0 to 10,080, which is a week; 60 by default.</summary>
    public int? GraceMinutes { get; init; }

    /// <summary>When the new key expires, in UTC. If it is left out, when the old one would have.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class RotateApiKeyValidator : AbstractValidator<RotateApiKeyRequest>
{
    public RotateApiKeyValidator()
    {
        RuleFor(r => r.GraceMinutes)
            .Must(minutes => minutes is null or (>= 0 and <= RotateApiKeyRequest.MostGraceMinutes))
            .WithMessage(
                (_, minutes) =>
                    $"must be a whole number from 0 to {RotateApiKeyRequest.MostGraceMinutes}; found {minutes}"
            );
    }
}
