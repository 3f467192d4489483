using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>
/// A citation as `CITATION.cff` (Citation File Format 1.2.0, YAML). Its `url` must be absolute, so a relative address is an
/// identifier instead.
/// </summary>
internal static class CitationFile
{
    public const string MediaType = "application/yaml";

    private static readonly JsonSerializerOptions Strings = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Citation citation)
    {
        var text = new StringBuilder();
        text.Append("cff-version: 1.2.0\n");
        text.Append("message: \"If you use these data, cite them as below.\"\n");
        text.Append("type: dataset\n");
        text.Append($"title: {Quote(citation.Title)}\n");
        text.Append($"abstract: {Quote(citation.Description)}\n");
        text.Append($"authors:\n  - name: {Quote(Citation.Author)}\n");
        text.Append($"version: {Quote(citation.Version)}\n");
        text.Append(CultureInfo.InvariantCulture, $"date-released: {citation.AsOf.UtcDateTime:yyyy-MM-dd}\n");
        text.Append(
            citation.HasUrl
                ? $"url: {Quote(citation.Address)}\n"
                : $"identifiers:\n  - type: other\n    value: {Quote(citation.Address)}\n    description: \"The address at the service that made the data.\"\n"
        );
        if (citation.HasRecord)
        {
            text.Append("references:\n  - type: database\n    title: \"General Assembly Voting Data\"\n");
            text.Append($"    authors:\n      - name: {Quote(Citation.Record.Source)}\n");
            text.Append($"    url: {Quote(Citation.Record.Path!)}\n    notes: {Quote(Citation.Record.Title)}\n");
        }
        return text.ToString();
    }

    // A JSON string is a double-quoted YAML string.
    private static string Quote(string text) => JsonSerializer.Serialize(text, Strings);
}
