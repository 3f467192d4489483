using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Endpoints.Contract;

/// <summary>
/// Gives each merge patch its own schema: no field is required, null clears a field, and at least one must be named.
/// </summary>
internal sealed partial class DescribePatches : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components!.Schemas!;
        var bodies = swaggerDoc
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .Select(o => o.RequestBody?.Content)
            .OfType<IDictionary<string, IOpenApiMediaType>>()
            .ToList();
        foreach (var body in bodies.Where(b => b.ContainsKey("application/merge-patch+json")))
        {
            var id = ((OpenApiSchemaReference)body.Values.First().Schema!).Reference.Id!;
            var patch = Whole().Replace(id, "${resource}Patch");
            schemas[patch] = PatchOf((OpenApiSchema)schemas[id]);
            foreach (var media in body.Values.Cast<OpenApiMediaType>())
            {
                media.Schema = new OpenApiSchemaReference(patch, swaggerDoc);
            }
            if (!bodies.Exists(b => b.Values.Any(m => m.Schema is OpenApiSchemaReference r && r.Reference.Id == id)))
            {
                schemas.Remove(id);
            }
        }
    }

    private static OpenApiSchema PatchOf(OpenApiSchema whole) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description =
                "A merge patch (RFC 7396): named fields are set, null clears a field, the others keep their value.",
            Properties = whole.Properties,
            MinProperties = 1,
            AdditionalPropertiesAllowed = false,
        };

    // ContactFields and RecordStanceRequest: ContactPatch and StancePatch.
    [GeneratedRegex("^(Record)?(?<resource>.+?)(Fields|Request)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
