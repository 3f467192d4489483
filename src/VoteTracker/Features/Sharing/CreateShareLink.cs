using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Sharing;

/// <summary>Creates a share link.</summary>
internal sealed class CreateShareLink(Db db, Settings settings)
    : Endpoint<CreateShareLinkRequest, Results<Created<NewShareLink>, ProblemHttpResult>>
{
    /// <summary>How many links of a resolution are valid at the same time.</summary>
    public const int MostValid = 1_000;

    public override void Configure()
    {
        Post("/v1/resolutions/{id}/share-links");
        Description(route =>
            route
                .Requires(Right.ShareResolutions)
                .AcceptsIdempotencyKey()
                .Described(
                    "Sharing",
                    "Creates a share link",
                    "The link shows the resolution without a key: its page at `url`, and its data under it. The address has 160 random bits and is returned once. Only its hash is stored. At most 1,000 links of a resolution are valid at the same time."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "1,000 links of the resolution are valid.")
        );
    }

    public override async Task<Results<Created<NewShareLink>, ProblemHttpResult>> ExecuteAsync(
        CreateShareLinkRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var secret = ShareSecret.New();
        var url = $"{PublicAddress.Of(HttpContext.Request, settings)}{SharedPaths.Root}/{secret}";
        HttpContext.Response.Headers.CacheControl = "no-store";
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<NewShareLink>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (await ShareLinkStore.CountValid(write.Connection, id, write.Now) >= MostValid)
            {
                return ConflictTypes.TooManyShareLinks.Create(MostValid);
            }
            var link = new NewShareLink
            {
                Id = ApiKey.NewId(),
                Resolution = id,
                Label = request.Label!,
                Scope = request.Scope!.Value,
                CreatedAt = write.Now,
                CreatedBy = caller.Label,
                ExpiresAt = request.ExpiresAt,
                Url = url,
            };
            await ShareLinkStore.Insert(write, link, secret);
            return TypedResults.Created($"/v1/resolutions/{id}/share-links", link);
        });
    }
}

/// <summary>A share link to create.</summary>
public sealed record CreateShareLinkRequest
{
    /// <summary>What it shows.</summary>
    public ShareScope? Scope { get; init; }

    /// <summary>When it expires: a moment in the future with its offset. If it is left out, the link does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it is for, such as the name of the recipient. Only coordinators see it.</summary>
    public string? Label { get; init; }
}

internal sealed class CreateShareLinkValidator : AbstractValidator<CreateShareLinkRequest>
{
    private const int MaxLabel = 100;

    public CreateShareLinkValidator(TimeProvider clock)
    {
        RuleFor(link => link.Scope).RequiredWord();
        RuleFor(link => link.ExpiresAt)
            .Must(moment => moment is null || moment > clock.GetUtcNow())
            .WithMessage("must be in the future");
        RuleFor(link => link.Label).Required().Text(MaxLabel);
    }
}
