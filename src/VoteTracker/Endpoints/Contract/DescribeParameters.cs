using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes the parameters of an operation: path, query and headers.</summary>
internal sealed class DescribeParameters : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var (name, parameter) in PathParameters.ListIn(context.ApiDescription.RelativePath!))
        {
            operation.Parameters.Add(
                Describe(
                    metadata.OfType<PathParameter>().SingleOrDefault(p => p.Name == name)
                        ?? parameter
                        ?? throw new InvalidOperationException($"The parameter '{name}' is not declared.")
                )
            );
        }
        foreach (var query in metadata.OfType<QueryParameter>())
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = query.Name,
                    In = ParameterLocation.Query,
                    Description = query.Description,
                    Schema = SchemaOf(query, context),
                    Example = query is { Example: { } example } ? Value(query.Type, example) : null,
                }
            );
        }
        foreach (var header in Headers(operation, metadata))
        {
            operation.Parameters.Add(header);
        }
    }

    private static OpenApiParameter Describe(PathParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Description = parameter.Description,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Pattern = parameter.Form?.ToString(),
                Enum = parameter.Words.Count > 0 ? [.. parameter.Words.Select(word => (JsonNode)word)] : null,
            },
            Example = parameter.Example,
        };

    private static IOpenApiSchema SchemaOf(QueryParameter query, OperationFilterContext context) =>
        query is NumberParameter number
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = number.Minimum.ToString(CultureInfo.InvariantCulture),
                Maximum = number.Maximum.ToString(CultureInfo.InvariantCulture),
                Default = number.Default,
            }
        : query.Type == typeof(double)
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Number,
                Format = "double",
                Minimum = "0",
                Maximum = "1",
            }
        : query.Type == typeof(DateOnly) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }
        : query.Type == typeof(DateTimeOffset)
            ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }
        : query.Type == typeof(bool) ? new OpenApiSchema { Type = JsonSchemaType.Boolean }
        : query.SomeWords is { } some
            ? new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. some.Select(word => (JsonNode)word)] }
        // An enum of the contract has a name; an enum that only this parameter has is inline.
        : query.Type is { IsEnum: true, IsPublic: true }
            ? Named(context.SchemaGenerator.GenerateSchema(query.Type, context.SchemaRepository))
        : query.Type.IsEnum
            ? new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. EnumWordList.ListWords(query.Type)] }
        : new OpenApiSchema { Type = JsonSchemaType.String };

    // The parameter has its own description, and the schema describes the words.
    private static IOpenApiSchema Named(IOpenApiSchema schema)
    {
        schema.Description = null;
        return schema;
    }

    private static JsonNode Value(Type type, string text) =>
        type == typeof(int) ? int.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(double) ? double.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(bool) ? bool.Parse(text)
        : text;

    private static IEnumerable<OpenApiParameter> Headers(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<ConditionalWrite>().Any())
        {
            yield return Header(
                "If-Match",
                "The ETag that the caller saw, with its quotes, or `*` for any version. Either this or `If-None-Match` is required.",
                "\"7\""
            );
            yield return Header("If-None-Match", "`*`: the resource must not exist, or must be `unknown`.", "*", "*");
        }
        if (metadata.OfType<ComparesWithDryRun>().Any())
        {
            yield return Header(
                "If-Match",
                "The ETag of a dry run of the same list, with its quotes. The import fails with 412 if something that the list changes has changed since. Without it, or with `*`, the list is compared with the current data only.",
                "\"1.812\""
            );
        }
        if (metadata.OfType<Idempotent>().Any())
        {
            yield return Header(
                "Idempotency-Key",
                "1 to 255 visible ASCII characters that the caller chooses, such as a UUID. If the same request is sent again within 24 hours, it does not run again. The response is the first one, with `Idempotency-Replayed: true`.",
                "8e03978e-40d5-43e8-bc93-6894a57f9324"
            );
        }
        if (metadata.OfType<ConditionalRead>().Any())
        {
            yield return Header(
                "If-None-Match",
                "The ETag that the client has. The response is 304 if it is current.",
                "\"7\""
            );
        }
        if (operation.Responses?.Values.Any(r => r.Content?.ContainsKey("text/event-stream") == true) == true)
        {
            yield return Header(
                "Last-Event-ID",
                "The `id` of the last event that the client received. That event is not sent again.",
                "812"
            );
        }
    }

    private static OpenApiParameter Header(string name, string description, string example, string? only = null) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = only is null ? null : [only] },
            Example = example,
        };
}
