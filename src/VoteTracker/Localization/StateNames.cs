using System.Reflection;
using CsvHelper;

namespace VoteTracker.Localization;

/// <summary>The short names of states in the six languages, from `data/member-states.csv`, loaded on first use.</summary>
internal static class StateNames
{
    private static readonly Lazy<Dictionary<string, string[]>> Names = new(Load);

    /// <summary>
    /// The name of a state; null if the code is unknown. A former member has only an English name.
    /// </summary>
    public static string? Find(LanguageCode language, string iso3) =>
        !Names.Value.TryGetValue(iso3, out var names) ? null
        : names[(int)language] is { Length: > 0 } name ? name
        : names[(int)LanguageCode.En];

    /// <summary>The names of a state in all languages; empty if the code is unknown.</summary>
    public static IReadOnlyList<string> All(string iso3) => Names.Value.GetValueOrDefault(iso3) ?? [];

    private static Dictionary<string, string[]> Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("data/member-states.csv")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { Separator = ',' });
        csv.ReadHeader();
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (csv.Read())
        {
            names.Add(
                Field("iso3"),
                [.. Enum.GetValues<LanguageCode>().Select(c => Field($"name_{Language.CodeOf(c)}"))]
            );
        }
        return names;

        string Field(string column) =>
            csv.TryGetFieldIndex(column, out var i) ? csv.GetString(i)! : throw new InvalidDataException(column);
    }
}
