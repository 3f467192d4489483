using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Shows the caller's own key.</summary>
internal sealed class GetMe(Db db) : EndpointWithoutRequest<Results<Ok<Me>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/me");
        Description(route =>
            route
                .Requires(Right.SeeOwnKey)
                .Described(
                    "API keys",
                    "Shows the caller's key",
                    "The label is the name of the holder: the author of its changes, and the `assignee` that `me` stands for."
                )
        );
    }

    public override async Task<Results<Ok<Me>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var key = caller.KeyId is { } id ? await db.Read(connection => ApiKeyRow.Find(connection, id)) : null;
        return TypedResults.Ok(
            new Me
            {
                Label = caller.Label,
                Role = caller.HeldRole,
                ExpiresAt = key?.ExpiresAt,
                Resolutions = KeyScope.Parse(key?.Scope),
            }
        );
    }
}

/// <summary>The holder of a key.</summary>
public sealed record Me
{
    /// <summary>The label of the key: the author of the changes that it makes.</summary>
    public required string Label { get; init; }

    /// <summary>The role of the key.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>When the key expires; UTC. Null if it does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The resolutions to which the key is limited; null without a limit.</summary>
    public required IReadOnlyList<string>? Resolutions { get; init; }
}
