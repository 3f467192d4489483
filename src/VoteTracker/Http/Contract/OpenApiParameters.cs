using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Http.Contract;

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
            var name = part.Groups["name"].Value;
            operation.Parameters.Add(
                metadata.OfType<PathParameter>().SingleOrDefault(p => p.Name == name) is { } declared
                    ? FromDeclaration(declared)
                    : FromName(name, path)
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

    private static OpenApiParameter FromDeclaration(PathParameter declared) =>
        new()
        {
            Name = declared.Name,
            In = ParameterLocation.Path,
            Required = true,
            Description = declared.Description,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. declared.Words.Select(word => (JsonNode)word)],
            },
            Example = declared.Example,
        };

    private static OpenApiParameter FromName(string name, string path)
    {
        var (description, pattern, example) =
            name == "iso3" ? ("The state's code, ISO 3166-1 alpha-3, in capitals.", "^[A-Z]{3}$", "ZAF")
            : name == "name"
                ? ("The name it is kept under.", "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", "nordic-states-abstain")
            : path.StartsWith("v1/resolutions", StringComparison.Ordinal)
                ? (
                    "The resolution's id: its symbol in lower case with hyphens, or the id it was given.",
                    "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$",
                    "es-10-27"
                )
            : path.StartsWith("v1/sessions", StringComparison.Ordinal) ? ("The session's id.", "^[a-z0-9-]+$", "es-10")
            : path.StartsWith("v1/contacts", StringComparison.Ordinal)
                ? ("The contact's id.", "^[a-z0-9]{12}$", "k7mq2xw9tnhc")
            : ("The key's id, as the list of keys shows it; never the key itself.", "^[a-z0-9]{12}$", "h4vz8c3jpw6d");
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
            Example = example,
        };
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture)]
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
        // An enum of the contract is named; one that only this parameter has stands here.
        : query.Type is { IsEnum: true, IsPublic: true }
            ? Named(context.SchemaGenerator.GenerateSchema(query.Type, context.SchemaRepository))
        : query.Type.IsEnum ? new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. EnumWords.Of(query.Type)] }
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
        if (metadata.OfType<Repeatable>().Any())
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
