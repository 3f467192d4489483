using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Voting;

namespace VoteTracker.Http;

/// <summary>Where JSON is not what the contract says, and what it must be there: `changes[0].position`.</summary>
internal static class WrongFields
{
    public const string NotOfTheForm = "is not of the form described in the contract";

    // Who sends thousands of them has understood by then.
    private const int Most = 100;

    /// <summary>Adds every wrong field of this node, itself or below it, to the errors; none where it can be read.</summary>
    public static void Find(string field, JsonNode? node, Type type, Dictionary<string, string[]> errors)
    {
        if (errors.Count >= Most || IsOf(type, node))
        {
            return;
        }
        var before = errors.Count;
        var shape = Json.Options.GetTypeInfo(type);
        switch (node)
        {
            case JsonArray list when shape.ElementType is { } element:
                foreach (var (i, item) in list.Index())
                {
                    Find(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), item, element, errors);
                }
                break;
            case JsonObject fields:
                foreach (var property in shape.Properties)
                {
                    if (fields.TryGetPropertyValue(property.Name, out var value))
                    {
                        Find($"{field}.{property.Name}", value, property.PropertyType, errors);
                    }
                }
                break;
        }
        if (errors.Count == before)
        {
            errors[field] = [Mend(type, node)];
        }
    }

    private static bool IsOf(Type type, JsonNode? node)
    {
        try
        {
            node.Deserialize(type, Json.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Mend(Type wanted, JsonNode? found)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (type.IsEnum)
        {
            var words =
                (IEnumerable<string>)
                    typeof(Words<>).MakeGenericType(type).GetProperty(nameof(Words<Vote>.All))!.GetValue(null)!;
            return $"must be one of {string.Join(", ", words)}";
        }
        return type == typeof(string) ? "must be a text"
            : type == typeof(DateOnly) ? "must be a day such as 2026-11-21"
            : type == typeof(DateTimeOffset)
                ? Moments.Wrong(found is JsonValue ? found.ToString() : found?.GetValueKind().ToString() ?? "null")
            : type == typeof(int) ? "must be a whole number"
            : type == typeof(bool) ? "must be true or false"
            : type.IsAssignableTo(typeof(IEnumerable)) ? "must be a list"
            : NotOfTheForm;
    }
}
