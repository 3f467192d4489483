using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Adds an example to each body. `examples.json` has one example for each schema.</summary>
internal sealed class OpenApiExamples : IDocumentFilter
{
    /// <summary>The media type of OpenMetrics.</summary>
    public const string OpenMetrics = "application/openmetrics-text";

    // Elements are immutable: several services in one process read them at the same time.
    private static readonly Dictionary<string, JsonElement> BySchema = Load();

    /// <summary>The example of a schema; for a page, a page with one example item.</summary>
    public static JsonNode? Find(string schema) =>
        schema.StartsWith("PageOf", StringComparison.Ordinal)
            ? new JsonObject { ["items"] = new JsonArray(Find(schema["PageOf".Length..])) }
        : BySchema.TryGetValue(schema, out var example) ? JsonObject.Create(example)
        : null;

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations!.Values))
        {
            var contents = operation
                .Responses!.Values.OfType<OpenApiResponse>()
                .Select(r => r.Content)
                .Append(operation.RequestBody?.Content)
                .OfType<IDictionary<string, IOpenApiMediaType>>();
            foreach (var (type, content) in contents.SelectMany(c => c))
            {
                var media = (OpenApiMediaType)content;
                media.Example ??=
                    Text(type, isRequest: operation.RequestBody?.Content?.Values.Contains(content) == true)
                    ?? (NameOf(media.Schema) is { } name ? Find(name) : null);
            }
            foreach (var content in contents.Where(c => c.ContainsKey("application/x-ndjson")))
            {
                ShowTable(content);
            }
            foreach (var content in contents.Where(c => c.ContainsKey(OpenMetrics)))
            {
                ShowMetrics(content);
            }
            foreach (var content in contents.Where(c => c.ContainsKey(Markdown.MediaType)))
            {
                ShowMarkdown(content);
            }
        }
    }

    private static Dictionary<string, JsonElement> Load()
    {
        using var file = typeof(OpenApiExamples).Assembly.GetManifestResourceStream(
            "VoteTracker.Endpoints.Contract.examples.json"
        )!;
        return JsonDocument
            .Parse(file)
            .RootElement.EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
    }

    // Shows the same row in each text format.
    private static void ShowTable(IDictionary<string, IOpenApiMediaType> content)
    {
        var rows = (OpenApiMediaType)content["application/json"];
        var row = Find(((OpenApiSchemaReference)rows.Schema!.Items!).Reference.Id!)!.AsObject();
        rows.Example = new JsonArray(row);
        ((OpenApiMediaType)content["application/x-ndjson"]).Example = row.ToJsonString(Json.Options) + "\n";
        // Columns that are named by ids keep these names.
        var cells = row.SelectMany(p =>
                p.Value is JsonObject each
                    ? each.Select(c => (Name: c.Key, c.Value))
                    : [(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Key), p.Value)]
            )
            .ToList();
        ((OpenApiMediaType)content[Csv.MediaType]).Example =
            string.Join(',', cells.Select(p => p.Name))
            + "\n"
            + string.Join(',', cells.Select(p => p.Value?.ToString()))
            + "\n";
    }

    private static void ShowMetrics(IDictionary<string, IOpenApiMediaType> content)
    {
        const string metric = "# TYPE votetracker_write_queue gauge\nvotetracker_write_queue 0\n";
        ((OpenApiMediaType)content["text/plain"]).Example = metric;
        ((OpenApiMediaType)content[OpenMetrics]).Example = $"{metric}# EOF\n";
    }

    private static void ShowMarkdown(IDictionary<string, IOpenApiMediaType> content) =>
        ((OpenApiMediaType)content[Markdown.MediaType]).Example =
            NameOf(content["application/json"].Schema) == "Digest"
                ? "# What changed since 21 November 2026, 15:00 UTC\n\n## A/ES-10/L.34: A draft\n"
                : "# South Africa (ZAF)\n\n## Position\n\n- **yes**, likely, meeting\n";

    private static string? NameOf(IOpenApiSchema? schema) => (schema as OpenApiSchemaReference)?.Reference.Id;

    private static string? Text(string type, bool isRequest) =>
        type switch
        {
            "text/event-stream" =>
                $"retry: 2500\n\nevent: tally\nid: 812\ndata: {Find("Tally")!.ToJsonString(Json.Options)}\n\n:\n\n",
            "application/x-bibtex" => Find("ResolutionCitation")!["bibtex"]!.GetValue<string>(),
            "application/yaml" => Find("ResolutionCitation")!["cff"]!.GetValue<string>(),
            "text/plain" => Find("ResolutionCitation")!["text"]!.GetValue<string>(),
            Csv.MediaType when isRequest => "iso3,vote,intended\nZAF,yes,\nZMB,abstain,yes\n",
            Csv.MediaType => """
                group_scheme,group,members,eligible,yes,no,abstain,absent,undecided,unknown,ineligible,co_sponsors,present_and_voting,yes_share
                regional-group,african-states,54,54,40,0,6,8,0,0,0,0,40,1.0000

                """,
            _ => null,
        };
}
