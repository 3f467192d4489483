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

/// <summary>Creates a key.</summary>
internal sealed class CreateApiKey(Db db, TimeProvider clock)
    : Endpoint<CreateApiKeyRequest, Results<Created<NewApiKey>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/api-keys");
        Description(route =>
            route
                .Requires(Right.ManageKeys)
                .AcceptsIdempotencyKey()
                .Described(
                    "API keys",
                    "Creates a key",
                    "A key has 256 random bits and is returned once. Only its hash is stored."
                )
                .Writes()
                .Fails(StatusCodes.Status409Conflict)
        );
    }

    public override async Task<Results<Created<NewApiKey>, ProblemHttpResult>> ExecuteAsync(
        CreateApiKeyRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            return Problems.Invalid("expiresAt", "must be in the future");
        }
        HttpContext.Response.Headers.CacheControl = "no-store";
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<NewApiKey>, ProblemHttpResult>>(async write =>
            await KeyLabel.IsTaken(write.Connection, request.Label!)
                ? LabelTaken()
                : TypedResults.Created(
                    "/v1/api-keys",
                    await IssuedKey.Issue(write, request.Role!.Value, request.Label!, request.ExpiresAt, caller.Label)
                )
        );
    }

    private static ProblemHttpResult LabelTaken() => ConflictTypes.LabelTaken.Create();
}

/// <summary>A key to create.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>
    /// The author of the changes that the key makes. At most 64 letters, digits, spaces and `. _ - '`; spaces at the ends are
    /// removed. No other key, valid or revoked, has the same label in any case. `me`, `record` and
    /// `admin key of the settings` are reserved.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Its role.</summary>
    public KeyRole? Role { get; init; }

    /// <summary>When it expires, in UTC. If it is left out, the key does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyRequest>
{
    public CreateApiKeyValidator()
    {
        RuleFor(k => k.Label)
            .Required()
            .Custom(
                (label, context) =>
                {
                    if (label is not null && KeyLabel.FindFault(label) is { } fault)
                    {
                        context.AddFailure(fault);
                    }
                }
            );
        RuleFor(k => k.Role).RequiredWord();
    }
}
