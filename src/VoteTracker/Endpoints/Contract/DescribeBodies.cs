using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes the body that an operation accepts.</summary>
internal sealed class DescribeBodies : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<AcceptedFile>().LastOrDefault() is { } file)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = file.Description,
                Content = file.MediaTypes.ToDictionary(
                    type => type,
                    type =>
                        (IOpenApiMediaType)
                            new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    StringComparer.Ordinal
                ),
            };
            return;
        }
        if (metadata.OfType<AcceptedBody>().LastOrDefault() is not { } body)
        {
            return;
        }
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = !body.Type.IsAssignableTo(typeof(IOptionalBody)),
            Content = body.MediaTypes.ToDictionary(
                type => type,
                type => (IOpenApiMediaType)new OpenApiMediaType { Schema = SchemaOf(type, body.Type, context) },
                StringComparer.Ordinal
            ),
        };
    }

    // In OpenAPI, CSV is a string.
    private static IOpenApiSchema SchemaOf(string mediaType, Type type, OperationFilterContext context)
    {
        if (mediaType == Csv.MediaType)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The header `iso3,vote` or `iso3,vote,intended`, and one line for each member.",
            };
        }
        var schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        schema.Description = null;
        return schema;
    }
}
