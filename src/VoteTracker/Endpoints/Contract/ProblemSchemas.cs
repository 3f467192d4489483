using Microsoft.OpenApi;

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
                Description = "What is wrong with each field, parameter or header.",
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
            DescribeNulls.OrNull(resource, "What a GET returns now; null if the resource does not exist.")
        );

    /// <summary>A problem, with one more required field or none.</summary>
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
}
