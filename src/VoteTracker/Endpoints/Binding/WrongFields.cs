using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Finds the fields of JSON that contradict the contract, such as `changes[0].position`, and the expected values.</summary>
/// <remarks>
/// It runs only after the serializer has rejected a body. Messages show a wrong word, number or day, but never a text,
/// because texts can be personal.
/// </remarks>
internal static class WrongFields
{
    public const string NotOfTheForm = "is not of the form described in the contract";

    /// <summary>Adds every wrong field of this node, itself or below it, to the errors; none if it can be read.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="node">Its value.</param>
    /// <param name="type">The type that the value must have.</param>
    /// <param name="errors">Where they are added.</param>
    /// <param name="words">The words that the field accepts, if it does not accept all words of its enum.</param>
    public static void Find(
        string field,
        JsonNode? node,
        Type type,
        Dictionary<string, string[]> errors,
        IReadOnlyList<string>? words = null
    )
    {
        if (errors.Count >= UnknownName.MostReported || IsOf(type, node))
        {
            return;
        }
        var before = errors.Count;
        var shape = Json.Bodies.GetTypeInfo(type);
        switch (node)
        {
            case JsonArray list when shape.ElementType is { } element:
                foreach (var (i, item) in list.Index())
                {
                    Find(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), item, element, errors);
                }
                break;
            case JsonObject fields when shape.Kind == JsonTypeInfoKind.Object:
                FindUnknown($"{field}.", fields, shape, errors);
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
            errors[field] = [Describe(type, node, words)];
        }
    }

    /// <summary>Adds the fields of an object that its type does not have, and returns their names.</summary>
    public static IReadOnlyList<string> FindUnknown(
        string path,
        JsonObject fields,
        JsonTypeInfo shape,
        Dictionary<string, string[]> errors
    )
    {
        var known = shape.Properties.Select(property => property.Name).ToList();
        var unknown = fields.Select(field => field.Key).Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in unknown.Take(UnknownName.MostReported - errors.Count))
        {
            errors[path + SafeText.Show(name)] = [UnknownName.Describe(UnknownName.Field, name, known)];
        }
        return unknown;
    }

    private static bool IsOf(Type type, JsonNode? node)
    {
        try
        {
            node.Deserialize(type, Json.Bodies);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Describe(Type wanted, JsonNode? node, IReadOnlyList<string>? words)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (type.IsEnum)
        {
            return $"must be one of {string.Join(", ", words ?? AcceptedWords.All(type))}; found {ValueOf(node)}";
        }
        return type == typeof(string) ? $"must be a text; found {KindOf(node)}"
            : type == typeof(DateOnly) ? $"must be a day such as 2026-11-21; found {ValueOf(node)}"
            : type == typeof(DateTimeOffset) ? Moments.Describe(ValueOf(node))
            : type == typeof(int) ? $"must be a whole number; found {ValueOf(node)}"
            : type == typeof(bool) ? $"must be true or false; found {ValueOf(node)}"
            : type.IsAssignableTo(typeof(IEnumerable)) ? $"must be a list; found {KindOf(node)}"
            : Json.Bodies.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object ? $"must be an object; found {KindOf(node)}"
            : NotOfTheForm;
    }

    private static string ValueOf(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.String => SafeText.Quote(node.GetValue<string>()),
            JsonValueKind.Number => SafeText.Show(node.ToJsonString()),
            _ => KindOf(node),
        };

    private static string KindOf(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => "null",
        };
}
