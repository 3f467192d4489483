using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoteTracker.Voting.Rules;

/// <summary>
/// The words of an enum in JSON, CSV, query strings and the database: lower case with hyphens.
/// Numbers are not accepted: a number would change its meaning when the order of the enum changes.
/// </summary>
public static class EnumWord<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(value => value, Word);

    private static readonly FrozenDictionary<string, TEnum> ByWord = ByValue.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>All words, in the order of the enum.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<TEnum>().Select(ToWord)];

    /// <summary>The word of a value.</summary>
    public static string ToWord(TEnum value) => ByValue[value];

    /// <summary>The word of a value, or null.</summary>
    public static string? ToWord(TEnum? value) => value is { } v ? ByValue[v] : null;

    /// <summary>The value of a word; false if the enum has no such word.</summary>
    public static bool TryParse(string? word, out TEnum value)
    {
        value = default;
        return word is not null && ByWord.TryGetValue(word, out value);
    }

    /// <summary>The value of a word that the service wrote.</summary>
    public static TEnum Parse(string word) =>
        ByWord.TryGetValue(word, out var value)
            ? value
            : throw new FormatException(
                $"'{word}' is not a word of {typeof(TEnum).Name}. The words are {string.Join(", ", All)}."
            );

    /// <summary>The value of a word that the service wrote, or null.</summary>
    public static TEnum? ParseOrNull(string? word) => word is null ? null : Parse(word);

    private static string Word(TEnum value) =>
        typeof(TEnum).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
