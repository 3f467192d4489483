using Microsoft.OpenApi;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Converts the document to OpenAPI 3.0, which has no type null. A property that is `anyOf` a schema and null refers to
/// that schema, which becomes nullable.
/// </summary>
/// <remarks>
/// Each schema stays one type in a generated client, and every served value is valid. But a property that is never null
/// can be null in 3.0 if another one with the same schema can be. The 3.1 document is exact.
/// </remarks>
internal sealed class OpenApi30
{
    private readonly HashSet<string> _nullable = new(StringComparer.Ordinal);

    private OpenApi30() { }

    public static void Convert(OpenApiDocument document)
    {
        // 3.0 takes an address instead of an SPDX identifier.
        document.Info.License = new OpenApiLicense
        {
            Name = document.Info.License!.Name,
            Url = new Uri($"https://spdx.org/licenses/{document.Info.License.Identifier}"),
        };
        var conversion = new OpenApi30();
        var schemas = document.Components!.Schemas!;
        foreach (var schema in schemas.Values)
        {
            conversion.Converted(schema);
        }
        foreach (
            var content in document
                .Paths.Values.SelectMany(path => path.Operations!.Values)
                .SelectMany(operation => operation.Responses!.Values.OfType<OpenApiResponse>())
                .SelectMany(response => response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        )
        {
            content.Schema = conversion.Converted(content.Schema);
        }
        foreach (
            var media in document
                .Paths.Values.SelectMany(path => path.Operations!.Values)
                .SelectMany(operation => operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>())
                .Where(content => content.Key == "application/merge-patch+json")
                .Select(content => content.Value)
        )
        {
            var patch = ((OpenApiSchemaReference)media.Schema!).Reference.Id!;
            conversion.LetClientsOmitFields((OpenApiSchema)schemas[patch]);
        }
        foreach (var name in conversion._nullable)
        {
            var schema = (OpenApiSchema)schemas[name];
            schema.Type |= JsonSchemaType.Null;
            schema.Enum?.Add(JsonNullSentinel.JsonNull);
        }
    }

    // In a generated client, a field that cannot be null always has a value, such as the first word of an enum. A merge
    // patch would then set a field that the caller did not name.
    private void LetClientsOmitFields(OpenApiSchema patch)
    {
        foreach (var property in patch.Properties!.Values)
        {
            if (property is OpenApiSchemaReference reference)
            {
                _nullable.Add(reference.Reference.Id!);
            }
            else if (property is OpenApiSchema schema && schema.Type?.HasFlag(JsonSchemaType.Null) != true)
            {
                schema.Type |= JsonSchemaType.Null;
                schema.Enum?.Add(JsonNullSentinel.JsonNull);
            }
        }
    }

    private IOpenApiSchema? Converted(IOpenApiSchema? described)
    {
        if (described is not OpenApiSchema schema)
        {
            return described;
        }
        if (schema.AnyOf is [OpenApiSchemaReference reference, { Type: JsonSchemaType.Null }])
        {
            _nullable.Add(reference.Reference.Id!);
            return reference;
        }
        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            schema.Properties![name] = Converted(property)!;
        }
        schema.Items = Converted(schema.Items);
        schema.AdditionalProperties = Converted(schema.AdditionalProperties);
        return schema;
    }
}
