using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using VoteTracker.Http;

namespace VoteTracker.Features.Exports;

/// <summary>
/// What programs read of a table: Frictionless Data (datapackage.json, specs v1) and CSV on the Web (W3C, tabular
/// metadata). Written as it goes: a matrix has a column for every resolution of the record.
/// </summary>
internal static class TableMetadata
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Frictionless(Stream stream, PackageTitle title, IReadOnlyList<PackagedFile> files)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("profile", "tabular-data-package");
        json.WriteString("name", title.Name);
        json.WriteString("id", title.Address);
        json.WriteString("title", title.Title);
        json.WriteString("description", title.Description);
        json.WriteString("version", title.Version);
        json.WriteString("created", Moments.Text(title.AsOf));
        var owners = files.Select(file => file.Table.Owner).Distinct().Order().Select(Terms.Of).ToList();
        json.WriteStartArray("licenses");
        owners.ForEach(terms => WriteLicence(json, terms));
        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var terms in owners)
        {
            json.WriteStartObject();
            json.WriteString("title", terms.Source);
            WriteIfAny(json, "path", terms.Path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("resources");
        foreach (var file in files)
        {
            WriteResource(json, file, files);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Csvw(Stream stream, Table table, IReadOnlyList<PackagedFile> files)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteStartArray("@context");
        json.WriteStringValue("http://www.w3.org/ns/csvw");
        json.WriteStartObject();
        json.WriteString("@language", "en");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("url", $"{table.Name}.csv");
        json.WriteString("dc:title", table.Name);
        json.WriteString("dc:description", table.Description);
        json.WriteString("dc:rights", Terms.Of(table.Owner).Title);
        json.WriteStartObject("dialect");
        json.WriteString("encoding", "utf-8");
        json.WriteBoolean("header", true);
        json.WriteEndObject();
        json.WriteStartObject("tableSchema");
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            WriteCsvwColumn(json, column);
        }
        json.WriteEndArray();
        WriteNames(json, "primaryKey", table.Key);
        WriteReferences(json, table, files, "columnReference", name => $"{name}.csv");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, PackagedFile file, IReadOnlyList<PackagedFile> files)
    {
        json.WriteStartObject();
        json.WriteString("profile", "tabular-data-resource");
        json.WriteString("name", file.Table.Name);
        json.WriteString("path", file.Path);
        json.WriteString("description", file.Table.Description);
        json.WriteString("format", "csv");
        json.WriteString("mediatype", "text/csv");
        json.WriteString("encoding", "utf-8");
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("hash", $"sha256:{file.Sha256}");
        json.WriteStartObject("dialect");
        json.WriteString("delimiter", ",");
        json.WriteString("lineTerminator", "\r\n");
        json.WriteBoolean("header", true);
        json.WriteEndObject();
        json.WriteStartArray("licenses");
        WriteLicence(json, Terms.Of(file.Table.Owner));
        json.WriteEndArray();
        json.WriteStartObject("schema");
        json.WriteStartArray("fields");
        foreach (var column in file.Table.Columns)
        {
            WriteField(json, column);
        }
        json.WriteEndArray();
        WriteNames(json, "missingValues", [""]);
        WriteNames(json, "primaryKey", file.Table.Key);
        WriteReferences(json, file.Table, files, "fields", name => name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString(
            "type",
            column.Type switch
            {
                ColumnType.Text or ColumnType.Address => "string",
                ColumnType.Integer => "integer",
                ColumnType.Number => "number",
                ColumnType.Boolean => "boolean",
                ColumnType.Date => "date",
                _ => "datetime",
            }
        );
        json.WriteString("description", column.Description);
        if (column.Type is ColumnType.Address or ColumnType.Datetime)
        {
            // A moment has up to six decimals, where it has some: more than the default pattern takes.
            json.WriteString("format", column.Type == ColumnType.Address ? "uri" : "any");
        }
        if (column.Unit.Length > 0)
        {
            json.WriteString("unit", column.Unit);
        }
        json.WriteString("source", column.Source);
        json.WriteStartObject("constraints");
        json.WriteBoolean("required", column.Required);
        if (column.Words.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (var word in column.Words)
            {
                if (column.Type == ColumnType.Integer)
                {
                    json.WriteNumberValue(int.Parse(word, CultureInfo.InvariantCulture));
                }
                else
                {
                    json.WriteStringValue(word);
                }
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCsvwColumn(Utf8JsonWriter json, Column column)
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

    // A key of a table that is not in the package leads nowhere, and is not said.
    private static void WriteReferences(
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

    private static void WriteLicence(Utf8JsonWriter json, Terms terms)
    {
        json.WriteStartObject();
        json.WriteString("name", terms.Name);
        json.WriteString("title", terms.Title);
        WriteIfAny(json, "path", terms.Path);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }
        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string property, string? value)
    {
        if (value is not null)
        {
            json.WriteString(property, value);
        }
    }
}
