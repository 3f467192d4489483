using System.Globalization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes the responses of an operation: its success, its headers, and what each problem means.</summary>
internal sealed class DescribeResponses : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var responses = new OpenApiResponses();
        // Any operation can fail because of a defect.
        operation.Responses!["500"] = new OpenApiResponse();
        foreach (var (status, response) in operation.Responses.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            // Operations served from memory have no limit.
            if (status == "429" && metadata.OfType<FromMemory>().Any())
            {
                continue;
            }
            responses[status] = status[0] is '4' or '5'
                ? Problem(status, context, metadata)
                : Success(status, (OpenApiResponse)response, context, metadata);
        }
        operation.Responses = responses;
    }

    private static OpenApiResponse Success(
        string status,
        OpenApiResponse response,
        OperationFilterContext context,
        IList<object> metadata
    )
    {
        response.Description = status switch
        {
            "200" when metadata.OfType<ConditionalWrite>().Any() => "The current state.",
            "200" => "The requested resource.",
            "201" => "The resource was created.",
            "204" => "The resource was deleted.",
            _ => "The client has the current version.",
        };
        foreach (var (type, content) in response.Content ?? new Dictionary<string, IOpenApiMediaType>())
        {
            Describe(
                type,
                content,
                type switch
                {
                    Csv.MediaType => "A header line and one line for each row (RFC 4180), in UTF-8.",
                    Markdown.MediaType => "The same for people: CommonMark with tables, in UTF-8.",
                    "text/event-stream" => "Server-sent events. Each one is a complete tally.",
                    "application/x-ndjson" => "The objects of the JSON array, one for each line.",
                    _ => "A file.",
                }
            );
        }
        foreach (var (name, description, example) in Headers(status, metadata))
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[name] = DescribeProblems.Header(description, example);
        }
        return response;
    }

    private static IEnumerable<(string Name, string Description, string? Example)> Headers(
        string status,
        IList<object> metadata
    )
    {
        var tagged =
            metadata.OfType<AnswersETag>().Any()
            || metadata.OfType<ConditionalRead>().Any()
            || (
                metadata.OfType<ConditionalWrite>().Any()
                && status != "204"
                // What was deleted has no version.
                && !metadata.OfType<IHttpMethodMetadata>().Any(m => m.HttpMethods.Contains(HttpMethods.Delete))
            );
        if (tagged)
        {
            yield return ("ETag", "The version in quotes, for `If-Match` and `If-None-Match`.", "\"7\"");
        }
        if (metadata.OfType<ComparesWithDryRun>().Any())
        {
            yield return (
                "ETag",
                "Of a dry run: the data that the list was compared with, for `If-Match`.",
                "\"1.812\""
            );
        }
        if (status == "201")
        {
            yield return ("Location", "The path of the new resource.", null);
        }
        if (metadata.OfType<Pages>().Any())
        {
            yield return ("Link", "The next page, as `<…>; rel=\"next\"` (RFC 8288); missing on the last page.", null);
        }
    }

    // In OpenAPI, a body in another format than JSON is a string. A named schema has its own description.
    private static void Describe(string type, IOpenApiMediaType content, string description)
    {
        var media = (OpenApiMediaType)content;
        if (type != "application/json")
        {
            media.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = IsText(type) ? null : "binary",
                Description = description,
            };
        }
        else if (media.Schema is OpenApiSchemaReference reference)
        {
            reference.Description = null;
        }
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal);

    private static IOpenApiResponse Problem(string status, OperationFilterContext context, IList<object> metadata)
    {
        var number = int.Parse(status, CultureInfo.InvariantCulture);
        var meaning = metadata.OfType<ProblemMeaning>().LastOrDefault(m => m.Status == number)?.Meaning;
        if (meaning is null && number == StatusCodes.Status404NotFound)
        {
            meaning = NotFound(context.ApiDescription.RelativePath!);
        }
        if (metadata.OfType<ProblemLines>().LastOrDefault(l => l.Status == number) is { } lines)
        {
            var item = context.SchemaGenerator.GenerateSchema(lines.Item, context.SchemaRepository);
            return DescribeProblems.Response(number, meaning!, context.Document, item, lines);
        }
        var versioned =
            metadata.OfType<ConditionalWrite>().SingleOrDefault()?.Resource
            ?? metadata.OfType<ConditionInBody>().SingleOrDefault()?.Resource;
        if (versioned is not null && number == 412)
        {
            context.SchemaGenerator.GenerateSchema(versioned, context.SchemaRepository);
            return new OpenApiResponseReference(DescribeProblems.ConflictOf(versioned.Name), context.Document);
        }
        return meaning is null
            ? new OpenApiResponseReference(DescribeProblems.NameOf(number), context.Document)
            : DescribeProblems.Response(number, meaning, context.Document);
    }

    private static string NotFound(string path) =>
        path.StartsWith("v1/sessions", StringComparison.Ordinal) ? "No session has that id."
        : path.StartsWith("v1/contacts", StringComparison.Ordinal) ? "No contact has that id."
        : path.StartsWith("v1/api-keys", StringComparison.Ordinal) ? "No key has that id."
        : path.StartsWith("v1/member-states", StringComparison.Ordinal) ? "No current member state has that code."
        : "This caller can see no resolution with that id"
            + (path.Contains("{iso3}", StringComparison.Ordinal) ? ", or no current member state has that code" : "")
            + (path.Contains("tally", StringComparison.Ordinal) ? ", or it did not exist at that time" : "")
            + ".";
}
