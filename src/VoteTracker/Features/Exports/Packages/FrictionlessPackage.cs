using System.Globalization;
using System.Text.Json;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>The description of a package for programs: `datapackage.json` of Frictionless Data (specs v1).</summary>
internal static class FrictionlessPackage
{
    public static void Write(Stream stream, PackageTitle title, IReadOnlyList<PackagedFile> files)
    {
        using var json = new Utf8JsonWriter(stream, PackageMetadata.Indented);
        json.WriteStartObject();
        json.WriteString("profile", "tabular-data-package");
        json.WriteString("name", title.Name);
        json.WriteString("id", title.PublicAddress);
        json.WriteString("title", title.Title);
        json.WriteString("description", title.Description);
        json.WriteString("version", title.Version);
        json.WriteString("created", Moments.Text(title.AsOf));
        var owners = files.Select(file => file.Table.Owner).Distinct().Order().Select(TermsOfUse.ForOwner).ToList();
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
        WriteLicence(json, TermsOfUse.ForOwner(file.Table.Owner));
        json.WriteEndArray();
        json.WriteStartObject("schema");
        json.WriteStartArray("fields");
        foreach (var column in file.Table.Columns)
        {
            WriteField(json, column);
        }
        json.WriteEndArray();
        PackageMetadata.WriteNames(json, "missingValues", [""]);
        PackageMetadata.WriteNames(json, "primaryKey", file.Table.Key);
        PackageMetadata.WriteReferences(json, file.Table, files, "fields", name => name);
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
            // A moment can have six decimals, which the default pattern does not accept.
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

    private static void WriteLicence(Utf8JsonWriter json, TermsOfUse terms)
    {
        json.WriteStartObject();
        json.WriteString("name", terms.Name);
        json.WriteString("title", terms.Title);
        WriteIfAny(json, "path", terms.Path);
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string property, string? value)
    {
        if (value is not null)
        {
            json.WriteString(property, value);
        }
    }
}
