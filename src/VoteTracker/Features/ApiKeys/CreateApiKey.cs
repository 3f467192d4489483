using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Creates a key.</summary>
internal sealed class CreateApiKey(Db db, Settings settings, TimeProvider clock)
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
                    "A key has 256 random bits and is returned once. Only its hash is stored. Without `expiresAt` it expires after the days of the setting `KeyDays`. With `resolutions` it is limited to these: everywhere else it reads only what is public."
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
        {
            if (await KeyLabel.IsTaken(write.Connection, request.Label!))
            {
                return ConflictTypes.LabelTaken.Create();
            }
            foreach (var id in request.Resolutions ?? [])
            {
                if (await ResolutionStore.Find(write.Connection, id) is null)
                {
                    return Problems.Invalid(
                        "resolutions",
                        $"must have ids of resolutions; there is no {SafeText.Quote(id)}"
                    );
                }
            }
            var key = new NewKey(request.Role!.Value, request.Label!)
            {
                ExpiresAt = request.ExpiresAt ?? NewKey.DefaultExpiry(settings, write.Now),
                Scope = KeyScope.ToText(request.Resolutions),
            };
            return TypedResults.Created("/v1/api-keys", await IssuedKey.Issue(write, key, caller.Label));
        });
    }
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

    /// <summary>When it expires, in UTC. If it is left out, the setting `KeyDays` decides; 365 days by default.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// The ids of the resolutions to which the key is limited, with their amendments, paragraphs and motions; at most 50. If
    /// it is left out, the key has no limit. An admin key has none.
    /// </summary>
    public IReadOnlyList<string>? Resolutions { get; init; }
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
        RuleFor(k => k.Resolutions)
            .Must(ids => ids is null or { Count: > 0 and <= KeyScope.MaxResolutions })
            .WithMessage($"must have 1 to {KeyScope.MaxResolutions} ids; leave it out for a key without a limit")
            .Must(ids => ids?.Contains(null!) != true)
            .WithMessage("must have ids of resolutions; found null")
            .Must((key, ids) => ids is null || key.Role != KeyRole.Admin)
            .WithMessage("must be left out for an admin key, which manages all keys");
    }
}
