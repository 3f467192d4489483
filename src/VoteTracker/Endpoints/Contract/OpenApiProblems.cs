using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Contract;

/// <summary>The problems that mean the same everywhere, and the shapes that all of them have.</summary>
internal sealed class DescribeProblems : IDocumentFilter
{
    private const string ConflictPrefix = "VersionConflictOf";

    private static readonly Dictionary<int, Shared> All = new()
    {
        [400] = new(
            "Invalid",
            "Something is malformed, missing or unknown: a field, a parameter or a header. `errors` names each of them and how to fix it.",
            "invalid",
            "The request is not valid",
            "position is required: one of yes, no, abstain, absent, undecided; DELETE makes it unknown"
        ),
        [401] = new(
            "KeyNeeded",
            "A key is needed and missing, or it is unknown, expired or revoked; such a key is refused also where none is needed.",
            "key-needed",
            "A key is needed",
            "This needs a key of role lobbyist or higher, as 'Authorization: Bearer vt_…'."
        ),
        [403] = new(
            "RoleTooLow",
            "The key is good, and its role too low.",
            "role-too-low",
            "The key's role is too low",
            "This needs role lobbyist or higher; the key is viewer."
        ),
        [404] = new(
            "NotFound",
            "It is not there, or not for this caller.",
            "not-found",
            "Not found",
            "There is no resolution 'es-10-l-99'."
        ),
        [408] = new(
            "TooSlow",
            "The body arrives more slowly than the service waits for.",
            "too-slow",
            "The upload is too slow",
            "Less than 8192 bytes a second arrived for 10 seconds; nothing was changed. Send the file as gzip, or over a faster connection."
        ),
        [409] = new(
            "Conflict",
            "It does not go with what stands.",
            "vote-is-over",
            "The vote is over",
            "The resolution is adopted; its stances stay as they were."
        ),
        [410] = new(
            "CursorGone",
            "The cursor is of another incarnation of the database: a backup was restored, or a standby promoted. `restart` is the address of the first page.",
            "cursor-gone",
            "The cursor is no longer valid",
            Problems.CursorGoneDetail
        ),
        [412] = new(
            "VersionConflict",
            "It is no longer what the caller saw, or `If-Match` has a weak tag (type `/problems/weak-tag`). `current` is the state now.",
            "version-conflict",
            "Somebody else was first",
            "It stands at version 7 now; look at it, and write again with If-Match: \"7\"."
        ),
        [413] = new(
            "TooLarge",
            "The body has more bytes than the service takes.",
            "too-large",
            "The body is too large",
            "A request body may have 1048576 bytes at most."
        ),
        [415] = new(
            "UnsupportedMediaType",
            "The body's type, charset or content encoding is not supported; the detail names those that are, and `Accept-Encoding` the encodings.",
            "unsupported-media-type",
            "The body's type is not taken here",
            "Send the body as application/json."
        ),
        [422] = new(
            "AnotherRequest",
            "The `Idempotency-Key` was sent with another body, or to another address, within 24 hours.",
            "another-request",
            "The key belongs to another request",
            "This Idempotency-Key was sent with another body or to another address within 24 hours; send a new key."
        ),
        [428] = new(
            "ConditionNeeded",
            "Neither `If-Match` nor `If-None-Match` is there: the caller has to say what it saw.",
            "precondition-required",
            "The version you saw is missing",
            "Send If-Match with the ETag you saw, If-None-Match: * for what is not there yet, or If-Match: * to write whatever stands."
        ),
        [429] = new(
            "TooManyRequests",
            "This address read too much without a key, or sent too many wrong keys, where the service is set to limit that.",
            "too-many-requests",
            "Too many requests",
            "Try again after the seconds in Retry-After, or use a key."
        ),
        [500] = new(
            "Failed",
            "A defect of the service, not of the request.",
            "internal",
            "The service failed",
            "This is a defect of the service, not of the request; what was not answered was not done."
        ),
        [503] = new(
            "Unavailable",
            "Not now: the database cannot be written or read, too much is waiting to be written, or too many exports are running. Nothing was done.",
            "unavailable",
            "Not available now",
            "Too much is waiting to be written; try again."
        ),
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        schemas["Problem"] = ProblemSchemas.Shape(
            "A problem (RFC 9457): what is wrong, and the mend; never anything private."
        );
        schemas["InvalidProblem"] = ProblemSchemas.Invalid();
        schemas["CursorGoneProblem"] = ProblemSchemas.CursorGone();
        // In the repository the name is that of the class that endpoints say.
        schemas.Remove(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails));
        var used = swaggerDoc
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .SelectMany(o => o.Responses!.Values)
            .OfType<OpenApiResponseReference>()
            .Select(r => r.Reference.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Components.Responses = All.Where(p => used.Contains(p.Value.Name))
            .ToDictionary(
                p => p.Value.Name,
                p => (IOpenApiResponse)Response(p.Key, p.Value.Meaning, swaggerDoc),
                StringComparer.Ordinal
            );
        foreach (var name in used.Where(n => n.StartsWith(ConflictPrefix, StringComparison.Ordinal)).Order())
        {
            var resource = name[ConflictPrefix.Length..];
            schemas[name] = ProblemSchemas.Conflict(new OpenApiSchemaReference(resource, swaggerDoc));
            swaggerDoc.Components.Responses[name] = ConflictResponse(name, resource, swaggerDoc);
        }
    }

    /// <summary>The name of the 412 that shows the current value of a resource, and of its schema.</summary>
    public static string ConflictOf(string resource) => ConflictPrefix + resource;

    public static string NameOf(int status) => All[status].Name;

    public static OpenApiResponse Response(int status, string meaning, OpenApiDocument document)
    {
        var schema = status switch
        {
            400 => "InvalidProblem",
            410 => "CursorGoneProblem",
            _ => "Problem",
        };
        var response = new OpenApiResponse
        {
            Description = meaning,
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(schema, document),
                    Example = All[status].Example(status),
                },
            },
        };
        var header = status switch
        {
            415 => (
                "Accept-Encoding",
                Header("The content encodings that a body may have, if it had another.", "gzip, identity")
            ),
            401 => ("WWW-Authenticate", Header("`Bearer`: how to come with a key.", "Bearer")),
            429 => ("Retry-After", Header("The seconds to wait.", "3")),
            503 => ("Retry-After", Header("The seconds to wait, where waiting helps.", "3")),
            _ => ((string, OpenApiHeader)?)null,
        };
        if (header is var (name, value))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [name] = value };
        }
        return response;
    }

    /// <summary>The same where the problem lists what does not go.</summary>
    public static OpenApiResponse Response(
        int status,
        string meaning,
        OpenApiDocument document,
        IOpenApiSchema item,
        string itemName
    )
    {
        var response = Response(status, meaning, document);
        var media = (OpenApiMediaType)response.Content!["application/problem+json"];
        media.Schema = ProblemSchemas.Shape(
            "A problem that may list lines; where it is not about lines there is no list.",
            "lines",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = item,
                Description = "The lines that do not go with what stands.",
            }
        );
        ((OpenApiSchema)media.Schema).Required!.Remove("lines");
        var example = (JsonObject)media.Example!;
        example["lines"] = new JsonArray(OpenApiExamples.Find(itemName));
        return response;
    }

    private static OpenApiResponse ConflictResponse(string schema, string resource, OpenApiDocument document)
    {
        const int status = StatusCodes.Status412PreconditionFailed;
        var response = Response(status, All[status].Meaning, document);
        var media = (OpenApiMediaType)response.Content!["application/problem+json"];
        media.Schema = new OpenApiSchemaReference(schema, document);
        ((JsonObject)media.Example!)["current"] = OpenApiExamples.Find(resource);
        return response;
    }

    public static OpenApiHeader Header(string description, string? example) =>
        new()
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = example,
        };

    private sealed record Shared(string Name, string Meaning, string Slug, string Title, string Detail)
    {
        public JsonObject Example(int status)
        {
            var example = new JsonObject
            {
                ["type"] = $"/problems/{Slug}",
                ["title"] = Title,
                ["status"] = status,
                ["detail"] = Detail,
            };
            if (status == StatusCodes.Status400BadRequest)
            {
                example["errors"] = new JsonObject { ["position"] = new JsonArray(Detail["position ".Length..]) };
            }
            if (status == StatusCodes.Status410Gone)
            {
                example["restart"] = "/v1/changes?limit=200";
            }
            return example;
        }
    }
}
