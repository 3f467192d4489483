using System.Text.Encodings.Web;
using System.Text.Json;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>
/// What both descriptions of tables share. They are streamed, because a matrix has a column for every resolution of the
/// record.
/// </summary>
internal static class PackageMetadata
{
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the foreign keys. One that refers to a table outside the package is omitted.</summary>
    public static void WriteReferences(
        Utf8JsonWriter json,
        Table table,
        IReadOnlyList<PackagedFile> files,
        string columns,
        Func<string, string> resource
    )
    {
        var references = table.Columns.Where(c => files.Any(file => file.Table.Name == c.RefersTo)).ToList();
        if (references.Count == 0)
        {
            return;
        }
        json.WriteStartArray("foreignKeys");
        foreach (var column in references)
        {
            json.WriteStartObject();
            json.WriteString(columns, column.Name);
            json.WriteStartObject("reference");
            json.WriteString("resource", resource(column.RefersTo!));
            json.WriteString(columns, column.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }
        json.WriteEndArray();
    }
}
