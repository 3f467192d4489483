using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace VoteTracker.Clients;

/// <summary>Compares what a generated client read with the JSON that was served, field by field.</summary>
internal static class Same
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The number of values that were compared.</summary>
    public static int Compared { get; private set; }

    /// <summary>Throws at the first field that differs, or that the client has no property for.</summary>
    public static void As(object? value, JsonElement json, string at)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                Fields(value ?? throw Differs(at, value, json), json, at);
                break;
            case JsonValueKind.Array:
                var items = ((IEnumerable)(value ?? throw Differs(at, value, json))).Cast<object?>().ToList();
                Check(items.Count == json.GetArrayLength(), at, items.Count, json);
                foreach (var (i, item) in json.EnumerateArray().Index())
                {
                    As(items[i], item, $"{at}[{i}]");
                }
                break;
            default:
                Check(IsSame(value, json), at, value, json);
                Compared++;
                break;
        }
    }

    private static void Fields(object value, JsonElement json, string at)
    {
        var properties = value
            .GetType()
            .GetProperties(Declared)
            .Where(p =>
                p.GetIndexParameters().Length == 0 && p.Name is not ("AdditionalData" or "AdditionalProperties")
            )
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var field in json.EnumerateObject())
        {
            if (!properties.Remove(field.Name, out var property))
            {
                throw new InvalidOperationException($"{at}: {value.GetType()} has no property {field.Name}");
            }
            As(property.GetValue(value), field.Value, $"{at}.{field.Name}");
        }
        foreach (var missing in properties.Values)
        {
            var rest = missing.GetValue(value);
            Check(rest is null or 0L, $"{at}.{missing.Name}", rest, default);
        }
    }

    private static bool IsSame(object? value, JsonElement json) =>
        (value, json.ValueKind) switch
        {
            (null, JsonValueKind.Null) => true,
            (bool flag, _) => flag == (json.ValueKind == JsonValueKind.True),
            (int number, JsonValueKind.Number) => number == json.GetInt32(),
            (long number, JsonValueKind.Number) => number == json.GetInt64(),
            (double number, JsonValueKind.Number) => number.Equals(json.GetDouble()),
            (string text, JsonValueKind.String) => text == json.GetString(),
            (Enum word, JsonValueKind.String) => WordOf(word) == json.GetString(),
            // A day becomes the midnight of some offset in one client, and a type of its own in the other.
            (DateTimeOffset day, JsonValueKind.String) when json.GetString()!.Length == "2026-11-21".Length =>
                day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == json.GetString(),
            (DateTimeOffset moment, JsonValueKind.String) => moment == json.GetDateTimeOffset(),
            (not null, JsonValueKind.String) => value.ToString() == json.GetString(),
            _ => false,
        };

    private static string WordOf(Enum word) =>
        word.GetType().GetField(word.ToString())!.GetCustomAttribute<EnumMemberAttribute>()!.Value!;

    private static void Check(bool holds, string at, object? value, JsonElement json)
    {
        if (!holds)
        {
            throw Differs(at, value, json);
        }
    }

    private static InvalidOperationException Differs(string at, object? value, JsonElement json) =>
        new($"{at}: the client read {value ?? "null"}, and the service served {json}");
}
