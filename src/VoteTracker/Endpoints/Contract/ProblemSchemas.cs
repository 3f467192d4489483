using Microsoft.OpenApi;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Contract;

/// <summary>The schemas of problems.</summary>
internal static class ProblemSchemas
{
    /// <summary>A 400.</summary>
    public static OpenApiSchema Invalid() =>
        Shape(
            "A problem that names every wrong field.",
            "errors",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The faults of each field, parameter or header.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            }
        );

    /// <summary>A 410 of a cursor.</summary>
    public static OpenApiSchema CursorGone() =>
        Shape(
            "A problem that names the address from which to read the list again.",
            "restart",
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "uri-reference",
                Description = "The address of the list's first page, with the parameters of this request.",
            }
        );

    /// <summary>A 412 of a resource.</summary>
    public static OpenApiSchema Conflict(OpenApiSchemaReference resource) =>
        Shape(
            "A problem that shows the current value of the resource.",
            "current",
            DescribeNulls.OrNull(resource, "The current response to a GET; null if the resource does not exist.")
        );

    /// <summary>A problem, with at most one more required field.</summary>
    public static OpenApiSchema Shape(string description, string? more = null, OpenApiSchema? schema = null)
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
                    Description = $"The type of the problem; it never changes.\n\n{ListTypes()}",
                },
                ["title"] = Text("The type in words."),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Description = "The status code of the response.",
                },
                ["detail"] = Text("What is wrong with this request, and how to fix it."),
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

    // One line for each type: several details can share one.
    private static string ListTypes() =>
        string.Join(
            '\n',
            ProblemTypes.All.DistinctBy(type => type.Slug).Select(type => $"- `{type.Uri}`: {Describe(type)}")
        );

    private static string Describe(ProblemType type) =>
        type.Status == 0 ? "another status, with its reason phrase" : $"{type.Status} {type.Title}";

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
