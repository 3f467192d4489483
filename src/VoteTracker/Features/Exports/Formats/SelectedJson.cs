using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>Writes the selected columns of a row as a JSON object. Each value is the same as in the whole row.</summary>
internal sealed class SelectedJson<TRow>
{
    private readonly List<Action<Utf8JsonWriter, TRow>> _properties = [];

    public SelectedJson(Table<TRow> table)
    {
        var properties = Json
            .Options.GetTypeInfo(typeof(TRow))
            .Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var columns = table.Described.Columns.Zip(table.Cells, (column, cell) => (column, cell)).ToList();
        // A group is one column, or all columns of one object, at the place of the first of them.
        foreach (var group in columns.GroupBy(c => c.column.JsonParent ?? c.column.Json, StringComparer.Ordinal))
        {
            _properties.Add(
                group.First().column.JsonParent is { } parent
                    ? (json, row) => WriteObject(json, row, parent, group)
                    : (json, row) => WriteValue(json, row, properties[group.Key])
            );
        }
    }

    public void Write(Utf8JsonWriter json, TRow row)
    {
        json.WriteStartObject();
        foreach (var write in _properties)
        {
            write(json, row);
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, TRow row, JsonPropertyInfo property)
    {
        json.WritePropertyName(property.Name);
        JsonSerializer.Serialize(json, property.Get!(row!), property.PropertyType, Json.Options);
    }

    // Only words are written this way: the votes of a matrix. An empty cell is omitted.
    private static void WriteObject(
        Utf8JsonWriter json,
        TRow row,
        string name,
        IEnumerable<(Column Column, Func<TRow, Cell> Cell)> columns
    )
    {
        json.WriteStartObject(name);
        foreach (var (column, cell) in columns)
        {
            if (cell(row) is { Kind: CellKind.Word } word)
            {
                json.WriteString(column.Json, word.Text);
            }
        }
        json.WriteEndObject();
    }
}
