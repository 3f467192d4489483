using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Http.Contract;

/// <summary>The problems that mean the same everywhere, and the shapes that all of them have.</summary>
internal sealed class DescribeProblems : IDocumentFilter
{
    private static readonly Dictionary<int, Shared> All = new()
    {
        [400] = new(
            "Invalid",
            "Something is malformed or missing: a field, a parameter or a header. `errors` names every one, and its mend.",
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
            "The body arrived too slowly, and the connection is closed.",
            "too-slow",
            "The body arrived too slowly",
            "Send the request again over a faster connection."
        ),
        [409] = new(
            "Conflict",
            "It does not go with what stands.",
            "vote-is-over",
            "The vote is over",
            "The resolution is adopted; its stances stay as they were."
        ),
        [412] = new(
            "SomebodyWasFirst",
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
        schemas["Problem"] = Shape("A problem (RFC 9457): what is wrong, and the mend; never anything private.");
        schemas["InvalidProblem"] = Shape(
            "A problem that names every wrong field.",
            "errors",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with each field, parameter or header.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            }
        );
        schemas["VersionConflictProblem"] = Shape(
            "A problem that shows what stands now.",
            "current",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null,
                Description = "What a GET would answer now; null where nothing is there.",
            }
        );
        // In the repository the name is that of the class that endpoints say.
        schemas.Remove(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails));
        var used = swaggerDoc
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .SelectMany(o => o.Responses!.Values)
            .OfType<OpenApiResponseReference>()
            .Select(r => r.Reference.Id)
            .ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Components.Responses = All.Where(p => used.Contains(p.Value.Name))
            .ToDictionary(
                p => p.Value.Name,
                p => (IOpenApiResponse)Response(p.Key, p.Value.Meaning, swaggerDoc),
                StringComparer.Ordinal
            );
    }

    public static string NameOf(int status) => All[status].Name;

    public static OpenApiResponse Response(int status, string meaning, OpenApiDocument document)
    {
        var schema = status switch
        {
            400 => "InvalidProblem",
            412 => "VersionConflictProblem",
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
        media.Schema = Shape(
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
        example["lines"] = new JsonArray(OpenApiExamples.Of(itemName));
        return response;
    }

    public static OpenApiHeader Header(string description, string? example) =>
        new()
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = example,
        };

    private static OpenApiSchema Shape(string description, string? more = null, OpenApiSchema? schema = null)
    {
        var shape = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "uri-reference",
                    Description = "What kind of problem it is: stable, for programs to compare.",
                },
                ["title"] = Text("The kind in words."),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Description = "The status code of the answer.",
                },
                ["detail"] = Text("What is wrong here, and the mend."),
            },
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail" },
        };
        if (more is not null)
        {
            shape.Properties[more] = schema!;
            shape.Required.Add(more);
        }
        return shape;
    }

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

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
            if (status == StatusCodes.Status412PreconditionFailed)
            {
                example["current"] = OpenApiExamples.Of("Stance");
            }
            return example;
        }
    }
}
