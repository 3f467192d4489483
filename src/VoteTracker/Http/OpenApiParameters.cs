using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Http;

internal sealed class OperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context) { }
}

internal sealed class SchemaFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context) { }
}

internal sealed class ContractFilter : IDocumentFilter
{
    public const string Scheme = "key";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) { }
}
