using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes what an operation is asked with: its path, its query, its conditions.</summary>
internal sealed partial class DescribeParameters : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        var path = context.ApiDescription.RelativePath!;
        foreach (Match part in PathParts().Matches(path))
        {
            var (after, name) = (part.Groups["after"].Value, part.Groups["name"].Value);
            operation.Parameters.Add(
                Describe(
                    metadata.OfType<PathParameter>().SingleOrDefault(p => p.Name == name)
                        ?? PathParameters.Find(name, after)
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
                Pattern = parameter.Pattern,
                Enum = parameter.Words.Count > 0 ? [.. parameter.Words.Select(word => (JsonNode)word)] : null,
            },
            Example = parameter.Example,
        };

    [GeneratedRegex(@"(?<after>[^/{}]+)[/.]\{(?<name>\w+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex PathParts();

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

    // The parameter says what it is for; the words say themselves.
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
                "The ETag that the caller saw, quotes included; or `*`, which holds whatever stands. Either this or `If-None-Match` is needed.",
                "\"7\""
            );
            yield return Header(
                "If-None-Match",
                "`*`: holds while nothing is there, or what is there is unknown.",
                "*",
                "*"
            );
        }
        if (metadata.OfType<Idempotent>().Any())
        {
            yield return Header(
                "Idempotency-Key",
                "1 to 255 visible ASCII characters of the caller's choice, such as a UUID. Sent again with the same body within 24 hours, the request is answered as it was the first time, with `Idempotency-Replayed: true`, and done once.",
                "8e03978e-40d5-43e8-bc93-6894a57f9324"
            );
        }
        if (metadata.OfType<ConditionalRead>().Any())
        {
            yield return Header("If-None-Match", "The ETag that the reader has: 304 where it is still so.", "\"7\"");
        }
        if (operation.Responses?.Values.Any(r => r.Content?.ContainsKey("text/event-stream") == true) == true)
        {
            yield return Header(
                "Last-Event-ID",
                "The `id` of the last event that the listener has seen: it is not sent again.",
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

/// <summary>Describes the body that an operation takes.</summary>
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
            Required = true,
            Content = body.MediaTypes.ToDictionary(
                type => type,
                type => (IOpenApiMediaType)new OpenApiMediaType { Schema = SchemaOf(type, body.Type, context) },
                StringComparer.Ordinal
            ),
        };
    }

    // CSV is a string to OpenAPI, whatever is read from it.
    private static IOpenApiSchema SchemaOf(string mediaType, Type type, OperationFilterContext context)
    {
        if (mediaType == Csv.MediaType)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The header `iso3,vote` or `iso3,vote,intended`, and a line for each member.",
            };
        }
        var schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        schema.Description = null;
        return schema;
    }
}
