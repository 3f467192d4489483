using System.Text.Json;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>
/// The metadata of CSV on the Web (W3C, tabular metadata). All tables are in one group, because a key can only refer to a
/// table of the same group.
/// </summary>
internal static class CsvwPackage
{
    /// <summary>The standard name of the metadata in a folder of tables.</summary>
    public const string Name = "csv-metadata.json";

    public static void Write(Stream stream, IReadOnlyList<PackagedFile> files)
    {
        using var json = new Utf8JsonWriter(stream, PackageMetadata.Indented);
        json.WriteStartObject();
        json.WriteStartArray("@context");
        json.WriteStringValue("http://www.w3.org/ns/csvw");
        json.WriteStartObject();
        json.WriteString("@language", "en");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("dialect");
        json.WriteString("encoding", "utf-8");
        json.WriteBoolean("header", true);
        json.WriteEndObject();
        json.WriteStartArray("tables");
        foreach (var file in files)
        {
            WriteTable(json, file, files);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, PackagedFile file, IReadOnlyList<PackagedFile> files)
    {
        var table = file.Table;
        json.WriteStartObject();
        json.WriteString("url", file.Path);
        json.WriteString("dc:title", table.Name);
        json.WriteString("dc:description", table.Description);
        json.WriteString("dc:rights", TermsOfUse.ForOwner(table.Owner).Title);
        json.WriteStartObject("tableSchema");
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            WriteColumn(json, column);
        }
        json.WriteEndArray();
        PackageMetadata.WriteNames(json, "primaryKey", table.Key);
        PackageMetadata.WriteReferences(json, table, files, "columnReference", name => $"{name}.csv");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("titles", column.Name);
        json.WriteString("dc:description", column.Description);
        if (column is { Type: ColumnType.Text, Words.Count: > 0 })
        {
            json.WriteStartObject("datatype");
            json.WriteString("base", "string");
            json.WriteString("format", $"^({string.Join('|', column.Words)})$");
            json.WriteEndObject();
        }
        else
        {
            json.WriteString(
                "datatype",
                column.Type switch
                {
                    ColumnType.Address => "anyURI",
                    ColumnType.Integer => "integer",
                    ColumnType.Number => "decimal",
                    ColumnType.Boolean => "boolean",
                    ColumnType.Date => "date",
                    ColumnType.Datetime => "dateTime",
                    _ => "string",
                }
            );
        }
        json.WriteBoolean("required", column.Required);
        json.WriteEndObject();
    }
}
