using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Contract;

/// <summary>A problem response that means the same at every operation.</summary>
/// <param name="Name">The name of the response in the contract.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Type">The type that the example shows.</param>
internal sealed record SharedProblem(string Name, string Meaning, ProblemType Type)
{
    /// <summary>The shared problems by status.</summary>
    public static readonly IReadOnlyDictionary<int, SharedProblem> All = new[]
    {
        new SharedProblem(
            "Invalid",
            "A field, a parameter or a header is malformed, missing or unknown. `errors` names each of them and how to fix it.",
            ProblemTypes.Invalid
        ),
        new(
            "KeyNeeded",
            "The key is missing, unknown, expired or revoked. A wrong key is rejected at public addresses too.",
            ProblemTypes.KeyNeeded
        ),
        new("RoleTooLow", "The key is valid, but its role is too low.", ProblemTypes.RoleTooLow),
        new("NotFound", "The resource does not exist, or this caller cannot see it.", ProblemTypes.NotFound),
        new("TooSlow", "The body arrived more slowly than the service accepts.", ProblemTypes.UploadTooSlow),
        new("Conflict", "The request conflicts with the current state.", ConflictTypes.VoteIsOver),
        new(
            "CursorGone",
            "The cursor belongs to another incarnation of the database: a backup was restored, or a standby was promoted. `restart` is the address of the first page.",
            ProblemTypes.CursorGone
        ),
        new(
            "VersionConflict",
            "The resource has changed, or `If-Match` has a weak tag (type `/problems/weak-tag`). `current` is its current state.",
            ProblemTypes.VersionConflict
        ),
        new("TooLarge", "The body is larger than the service accepts.", ProblemTypes.TooLarge),
        new(
            "UnsupportedMediaType",
            "The media type, charset or content encoding of the body is not supported. The detail names the supported ones, and `Accept-Encoding` the encodings.",
            ProblemTypes.UnsupportedMediaType
        ),
        new(
            "AnotherRequest",
            "The `Idempotency-Key` was sent with another body or to another address within 24 hours.",
            ProblemTypes.AnotherRequest
        ),
        new(
            "ConditionNeeded",
            "`If-Match` and `If-None-Match` are both missing. A change must name the version that the caller saw.",
            ProblemTypes.PreconditionRequired
        ),
        new(
            "TooManyRequests",
            "The client's address made too many reads without a key, sent too many wrong keys or has too many open streams. Or the caller sent too many requests, or has too many exports running and waiting.",
            ProblemTypes.TooManyRequests
        ),
        new("Failed", "A defect of the service, not of the request.", ProblemTypes.Internal),
        new(
            "Unavailable",
            "The database cannot be read or written, too many writes are waiting, or too many exports are running. Nothing was changed, unless the detail says otherwise.",
            ProblemTypes.Unavailable
        ),
    }.ToDictionary(problem => problem.Type.Status);

    /// <summary>The body in the contract's example.</summary>
    public JsonObject Example()
    {
        var example = new JsonObject
        {
            ["type"] = Type.Uri,
            ["title"] = Type.Title,
            ["status"] = Type.Status,
            ["detail"] = Type.ExampleDetail,
        };
        if (Type == ProblemTypes.Invalid)
        {
            example["errors"] = new JsonObject
            {
                ["position"] = new JsonArray(Type.ExampleDetail["position ".Length..]),
            };
        }
        if (Type == ProblemTypes.CursorGone)
        {
            example["restart"] = "/v1/changes?limit=200";
        }
        return example;
    }
}
