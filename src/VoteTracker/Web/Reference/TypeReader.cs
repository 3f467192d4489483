using System.Globalization;
using System.Text.Json.Nodes;

namespace VoteTracker.Web.Reference;

/// <summary>Reads the type of a schema in words.</summary>
internal static class TypeReader
{
    /// <summary>The beginning of a reference to a schema.</summary>
    public const string SchemaPath = "#/components/schemas/";

    /// <summary>The type.</summary>
    public static ReferenceType Read(JsonNode schema)
    {
        if (Text(schema, "$ref") is { Length: > 0 } path)
        {
            var name = path[SchemaPath.Length..];
            return new ReferenceType("", name, name, "");
        }
        if (schema["anyOf"] is JsonArray choices)
        {
            var named = choices.OfType<JsonObject>().Where(choice => Text(choice, "type") != "null").ToList();
            return named.Count == 1 && named.Count < choices.Count ? WithNull(Read(named[0]))
                : named.Count == 0 ? new ReferenceType("", "null", null, "")
                : Read(named[0]);
        }
        if (schema["type"] is JsonArray types)
        {
            var names = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
            var one = schema.DeepClone().AsObject();
            one["type"] = names[0];
            return names.Count < types.Count ? WithNull(Read(one)) : Read(one);
        }
        if (Text(schema, "type") == "array" && schema["items"] is { } items)
        {
            var item = Read(items);
            return item with { Before = $"list of {item.Before}" };
        }
        if (schema["enum"] is JsonArray words)
        {
            return new ReferenceType("", string.Join(", ", words.Select(word => $"{word}")), null, "");
        }
        var type = Text(schema, "type") is { Length: > 0 } known ? known : "any";
        return new ReferenceType("", type, null, Limits(schema));
    }

    private static ReferenceType WithNull(ReferenceType type) => type with { After = $"{type.After} or null" };

    private static string Limits(JsonNode schema)
    {
        var (least, most) = (Number(schema["minimum"]), Number(schema["maximum"]));
        var range = (least, most) switch
        {
            (null, null) => "",
            (_, null) => $", {least} or more",
            (null, _) => $", {most} or less",
            _ => $", {least} to {most}",
        };
        var format = Text(schema, "format") is "date" or "date-time" ? $", {Text(schema, "format")}" : "";
        var otherwise = schema["default"] is { } value ? $", default {value}" : "";
        return $"{format}{range}{otherwise}";
    }

    private static string? Number(JsonNode? node) => node?.GetValue<double>().ToString(CultureInfo.InvariantCulture);

    /// <summary>The text of a property; empty if it is missing.</summary>
    public static string Text(JsonNode node, string name) => node[name] is JsonValue value ? $"{value}" : "";
}
