using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Http;

namespace VoteTracker.Features.Exports;

/// <summary>
/// What programs read of a table: Frictionless Data (datapackage.json, specs v1) and CSV on the Web (W3C, tabular
/// metadata).
/// </summary>
internal static class TableMetadata
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Frictionless(PackageTitle title, IReadOnlyList<PackagedFile> files) =>
        Text(
            new JsonObject
            {
                ["profile"] = "tabular-data-package",
                ["name"] = title.Name,
                ["id"] = title.Address,
                ["title"] = title.Title,
                ["description"] = title.Description,
                ["version"] = title.Version,
                ["created"] = Moments.Text(title.AsOf),
                ["licenses"] = new JsonArray([.. Owners(files).Select(LicenceOf)]),
                ["sources"] = new JsonArray([
                    .. Owners(files)
                        .Select(Terms.Of)
                        .Select(terms =>
                            terms.Path is { } path
                                ? new JsonObject { ["title"] = terms.Source, ["path"] = path }
                                : new JsonObject { ["title"] = terms.Source }
                        ),
                ]),
                ["resources"] = new JsonArray([.. files.Select(file => Resource(file, files))]),
            }
        );

    public static string Csvw(Table table, IReadOnlyList<PackagedFile> files)
    {
        var schema = new JsonObject
        {
            ["columns"] = new JsonArray([.. table.Columns.Select(CsvwColumn)]),
            ["primaryKey"] = Names(table.Key),
        };
        var references = References(table, files)
            .Select(column =>
                (JsonNode)
                    new JsonObject
                    {
                        ["columnReference"] = column.Name,
                        ["reference"] = new JsonObject
                        {
                            ["resource"] = $"{column.RefersTo}.csv",
                            ["columnReference"] = column.Name,
                        },
                    }
            )
            .ToArray();
        if (references.Length > 0)
        {
            schema["foreignKeys"] = new JsonArray(references);
        }
        return Text(
            new JsonObject
            {
                ["@context"] = new JsonArray("http://www.w3.org/ns/csvw", new JsonObject { ["@language"] = "en" }),
                ["url"] = $"{table.Name}.csv",
                ["dc:title"] = table.Name,
                ["dc:description"] = table.Description,
                ["dc:rights"] = Terms.Of(table.Owner).Title,
                ["dialect"] = new JsonObject { ["encoding"] = "utf-8", ["header"] = true },
                ["tableSchema"] = schema,
            }
        );
    }

    private static JsonObject Resource(PackagedFile file, IReadOnlyList<PackagedFile> files)
    {
        var schema = new JsonObject
        {
            ["fields"] = new JsonArray([.. file.Table.Columns.Select(Field)]),
            ["missingValues"] = new JsonArray(""),
            ["primaryKey"] = Names(file.Table.Key),
        };
        var references = References(file.Table, files)
            .Select(column =>
                (JsonNode)
                    new JsonObject
                    {
                        ["fields"] = column.Name,
                        ["reference"] = new JsonObject { ["resource"] = column.RefersTo, ["fields"] = column.Name },
                    }
            )
            .ToArray();
        if (references.Length > 0)
        {
            schema["foreignKeys"] = new JsonArray(references);
        }
        return new JsonObject
        {
            ["profile"] = "tabular-data-resource",
            ["name"] = file.Table.Name,
            ["path"] = file.Path,
            ["description"] = file.Table.Description,
            ["format"] = "csv",
            ["mediatype"] = "text/csv",
            ["encoding"] = "utf-8",
            ["bytes"] = file.Bytes,
            ["hash"] = $"sha256:{file.Sha256}",
            ["dialect"] = new JsonObject
            {
                ["delimiter"] = ",",
                ["lineTerminator"] = "\r\n",
                ["header"] = true,
            },
            ["licenses"] = new JsonArray(LicenceOf(file.Table.Owner)),
            ["schema"] = schema,
        };
    }

    private static JsonObject Field(Column column)
    {
        var field = new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = column.Type switch
            {
                ColumnType.Text or ColumnType.Address => "string",
                ColumnType.Integer => "integer",
                ColumnType.Number => "number",
                ColumnType.Boolean => "boolean",
                ColumnType.Date => "date",
                _ => "datetime",
            },
            ["description"] = column.Description,
        };
        if (column.Type == ColumnType.Address)
        {
            field["format"] = "uri";
        }
        if (column.Type == ColumnType.Datetime)
        {
            // Up to microseconds, where there are some: more than the default pattern takes.
            field["format"] = "any";
        }
        if (column.Unit.Length > 0)
        {
            field["unit"] = column.Unit;
        }
        var constraints = new JsonObject { ["required"] = column.Required };
        if (column.Words.Count > 0)
        {
            constraints["enum"] = new JsonArray([
                .. column.Words.Select(word =>
                    column.Type == ColumnType.Integer
                        ? (JsonNode)int.Parse(word, System.Globalization.CultureInfo.InvariantCulture)
                        : word
                ),
            ]);
        }
        field["constraints"] = constraints;
        field["source"] = column.Source;
        return field;
    }

    private static JsonNode CsvwColumn(Column column) =>
        new JsonObject
        {
            ["name"] = column.Name,
            ["titles"] = column.Name,
            ["dc:description"] = column.Description,
            ["datatype"] = column.Type switch
            {
                ColumnType.Address => "anyURI",
                ColumnType.Integer => "integer",
                ColumnType.Number => "decimal",
                ColumnType.Boolean => "boolean",
                ColumnType.Date => "date",
                ColumnType.Datetime => "dateTime",
                _ when column.Words.Count > 0 => new JsonObject
                {
                    ["base"] = "string",
                    ["format"] = $"^({string.Join('|', column.Words)})$",
                },
                _ => "string",
            },
            ["required"] = column.Required,
        };

    // A key of a table that is not in the package leads nowhere, and is not said.
    private static IEnumerable<Column> References(Table table, IReadOnlyList<PackagedFile> files) =>
        table.Columns.Where(column => files.Any(file => file.Table.Name == column.RefersTo));

    private static IEnumerable<Owner> Owners(IReadOnlyList<PackagedFile> files) =>
        files.Select(file => file.Table.Owner).Distinct().Order();

    private static JsonNode LicenceOf(Owner owner)
    {
        var terms = Terms.Of(owner);
        var licence = new JsonObject { ["name"] = terms.Name, ["title"] = terms.Title };
        if (terms.Path is { } path)
        {
            licence["path"] = path;
        }
        return licence;
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    private static string Text(JsonObject json) => json.ToJsonString(Indented) + "\n";
}
