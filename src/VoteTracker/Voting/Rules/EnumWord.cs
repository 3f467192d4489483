using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoteTracker.Voting.Rules;

/// <summary>
/// The words of an enum in JSON, CSV, query strings and the database: lower case with hyphens.
/// Numbers are not accepted: a number would change its meaning when the order of the enum changes.
/// </summary>
/// <remarks>
/// The tables are of <see cref="EnumWords"/>, which is not generic. With dictionaries of each enum, the start compiles 50
/// methods of the framework for each of 20 enums.
/// </remarks>
public static class EnumWord<TEnum>
    where TEnum : struct, Enum
{
    private static readonly EnumWords Words = new(typeof(TEnum));

    /// <summary>All words, in the order of the enum.</summary>
    public static IReadOnlyList<string> All => Words.All;

    /// <summary>The word of a value.</summary>
    public static string ToWord(TEnum value) => Words.ByNumber[Unsafe.As<TEnum, int>(ref value)];

    /// <summary>The word of a value, or null.</summary>
    public static string? ToWord(TEnum? value) => value is { } v ? ToWord(v) : null;

    /// <summary>The value of a word; false if the enum has no such word.</summary>
    public static bool TryParse(string? word, out TEnum value)
    {
        var number = 0;
        var isKnown = word is not null && Words.ByWord.TryGetValue(word, out number);
        value = Unsafe.As<int, TEnum>(ref number);
        return isKnown;
    }

    /// <summary>The value of a word that the service wrote.</summary>
    public static TEnum Parse(string word) =>
        TryParse(word, out var value)
            ? value
            : throw new FormatException(
                $"'{word}' is not a word of {typeof(TEnum).Name}. The words are {string.Join(", ", All)}."
            );

    /// <summary>The value of a word that the service wrote, or null.</summary>
    public static TEnum? ParseOrNull(string? word) => word is null ? null : Parse(word);
}

/// <summary>The words of an enum whose values are 0, 1, 2 and so on, by number and by word.</summary>
internal sealed class EnumWords
{
    /// <summary>Reads the words of an enum.</summary>
    public EnumWords(Type type)
    {
        var names = Enum.GetNames(type);
        if (
            Enum.GetValuesAsUnderlyingType(type) is not int[] numbers
            || !numbers.AsSpan().SequenceEqual(Enumerable.Range(0, names.Length).ToArray())
        )
        {
            throw new InvalidOperationException($"The values of {type.Name} must be the numbers from 0, as int.");
        }
        ByNumber = Array.ConvertAll(names, name => Word(type, name));
        ByWord = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        foreach (var number in numbers)
        {
            ByWord.Add(ByNumber[number], number);
        }
        All = ByNumber.AsReadOnly();
    }

    /// <summary>The word of each number.</summary>
    public string[] ByNumber { get; }

    /// <summary>The number of each word.</summary>
    public Dictionary<string, int> ByWord { get; }

    /// <summary>All words, in the order of the enum.</summary>
    public IReadOnlyList<string> All { get; }

    private static string Word(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
