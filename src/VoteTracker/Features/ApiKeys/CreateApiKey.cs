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

/// <summary>Makes a key.</summary>
internal sealed class CreateApiKey(Db db, TimeProvider clock)
    : Endpoint<CreateApiKeyRequest, Results<Created<NewApiKey>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/api-keys");
        Description(route =>
            route
                .Needs(Role.Admin)
                .Repeatable()
                .Described("API keys", "Makes a key", "256 random bits, answered this once; only a hash is kept.")
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

    private static ProblemHttpResult LabelTaken() =>
        Problems.Conflict(
            "label-taken",
            "Another key has this label",
            "Every key has a label of its own, and a revoked key keeps it: choose another label, such as one with a number."
        );
}

/// <summary>A key to be made.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>
    /// Whose it is: it signs what the key changes. At most 64 letters, digits, spaces and `. _ - '`; spaces at the ends are
    /// removed. No other key, valid or revoked, has the same label in any case. `me`, `record` and
    /// `admin key of the settings` are reserved.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>What it may do.</summary>
    public KeyRole? Role { get; init; }

    /// <summary>From when it is no longer valid; left out: never. UTC.</summary>
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
