using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes the shared problem responses, and the schemas of all problems.</summary>
internal sealed class DescribeProblems : IDocumentFilter
{
    private const string ConflictPrefix = "VersionConflictOf";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        schemas["Problem"] = ProblemSchemas.Shape(
            "A problem (RFC 9457): what is wrong and how to fix it. It has no private data."
        );
        schemas["InvalidProblem"] = ProblemSchemas.Invalid();
        schemas["CursorGoneProblem"] = ProblemSchemas.CursorGone();
        // The endpoints declare the framework's class, so its schema was generated too.
        schemas.Remove(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails));
        var used = swaggerDoc
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .SelectMany(o => o.Responses!.Values)
            .OfType<OpenApiResponseReference>()
            .Select(r => r.Reference.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Components.Responses = SharedProblem
            .All.Where(p => used.Contains(p.Value.Name))
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

    /// <summary>The name of the shared response with this status.</summary>
    public static string NameOf(int status) => SharedProblem.All[status].Name;

    /// <summary>A problem response with its schema, its header and an example.</summary>
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
                    Example = SharedProblem.All[status].Example(),
                },
            },
        };
        var header = status switch
        {
            415 => (
                "Accept-Encoding",
                Header("The supported content encodings, if the body had another.", "gzip, identity")
            ),
            401 => ("WWW-Authenticate", Header("`Bearer`: the scheme of the key.", "Bearer")),
            429 => ("Retry-After", Header("The seconds to wait.", "3")),
            503 => ("Retry-After", Header("The seconds to wait, if waiting helps.", "3")),
            _ => ((string, OpenApiHeader)?)null,
        };
        if (header is var (name, value))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [name] = value };
        }
        return response;
    }

    /// <summary>The same for a problem that lists the rejected lines or stances.</summary>
    public static OpenApiResponse Response(
        int status,
        string meaning,
        OpenApiDocument document,
        IOpenApiSchema item,
        ProblemLines lines
    )
    {
        var response = Response(status, meaning, document);
        var media = (OpenApiMediaType)response.Content!["application/problem+json"];
        media.Schema = ProblemSchemas.Shape(
            $"A problem that can list {lines.Name}. A problem of another kind has no list.",
            lines.Name,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = item,
                Description = $"The {lines.Name} that conflict with the current data.",
            }
        );
        ((OpenApiSchema)media.Schema).Required!.Remove(lines.Name);
        var example = (JsonObject)media.Example!;
        example[lines.Name] = new JsonArray(OpenApiExamples.Find(lines.Item.Name));
        return response;
    }

    private static OpenApiResponse ConflictResponse(string schema, string resource, OpenApiDocument document)
    {
        const int status = StatusCodes.Status412PreconditionFailed;
        var response = Response(status, SharedProblem.All[status].Meaning, document);
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
}
