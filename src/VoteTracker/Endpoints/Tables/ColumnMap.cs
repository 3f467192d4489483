using System.Collections.Frozen;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// The names under which the columns of a file are read: those that the caller maps, then the exact names, then usual
/// headers.
/// </summary>
internal sealed class ColumnMap
{
    private const string Ignore = "ignore";

    private readonly IReadOnlyList<(string Header, string Name)> _mapped;
    private readonly IReadOnlyDictionary<string, string> _usual;

    private ColumnMap(IReadOnlyList<(string Header, string Name)> mapped, IReadOnlyDictionary<string, string> usual) =>
        (_mapped, _usual) = (mapped, usual);

    /// <summary>The parameter that maps columns.</summary>
    public static TextParameter Parameter { get; } =
        new(
            "map",
            "The names of columns, if they are not recognised: `Their header:our column`, separated by commas. Case, accents and punctuation of a header are ignored. `Their header:ignore` leaves a column out.",
            "Country:member_state,How sure:certainty"
        );

    /// <summary>Each column is read under its own name.</summary>
    public static ColumnMap Exact { get; } = new([], FrozenDictionary<string, string>.Empty);

    /// <summary>Parses the parameter; a <see cref="ProblemException"/> if it is not such a list.</summary>
    /// <param name="text">The parameter; null if it is missing.</param>
    /// <param name="usual">The names of columns by usual headers, as <see cref="Fold"/> returns them.</param>
    public static ColumnMap Parse(string? text, IReadOnlyDictionary<string, string> usual)
    {
        var mapped = new List<(string Header, string Name)>();
        foreach (
            var pair in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var colon = pair.LastIndexOf(':');
            var header = colon < 0 ? "" : Fold(pair[..colon]);
            if (header.Length == 0 || colon == pair.Length - 1)
            {
                throw Wrong(
                    $"must be pairs such as Country:member_state, separated by commas; found {SafeText.Quote(pair)}"
                );
            }
            mapped.Add((header, pair[(colon + 1)..].Trim().ToLowerInvariant()));
        }
        return new ColumnMap(mapped, usual);
    }

    /// <summary>A header without case, accents and punctuation.</summary>
    public static string Fold(string header) => FoldedText.Fold(header).Trim();

    /// <summary>
    /// The name under which each column of a header is read; its own name if it is not known. A
    /// <see cref="ProblemException"/> if a column that is mapped does not exist.
    /// </summary>
    public IReadOnlyList<string> Apply(IReadOnlyList<string> header, CsvColumns columns)
    {
        var names = header.ToArray();
        var isMapped = new bool[names.Length];
        var folded = header.Select(Fold).ToList();
        foreach (var (mapped, name) in _mapped)
        {
            Check(name, columns);
            var place = folded.IndexOf(mapped);
            if (place < 0)
            {
                throw Wrong(DescribeMissing(mapped, header));
            }
            (names[place], isMapped[place]) = (name == Ignore ? Hide(header[place], columns) : name, true);
        }
        HideReplaced(names, isMapped, columns);
        AddUsual(names, isMapped, folded, columns);
        return names;
    }

    /// <summary>Whether a list can have this header.</summary>
    public bool Fits(IReadOnlyList<string> header, CsvColumns columns)
    {
        var folded = header.Select(Fold).ToList();
        return _mapped.All(mapped => folded.Contains(mapped.Header))
            && columns.ProblemsOf(Apply(header, columns), header).Count == 0;
    }

    private void AddUsual(string[] names, bool[] isMapped, List<string> folded, CsvColumns columns)
    {
        var own = names.ToHashSet(StringComparer.Ordinal);
        for (var place = 0; place < names.Length; place++)
        {
            if (
                !isMapped[place]
                && _usual.TryGetValue(folded[place], out var usual)
                && columns.IsKnown(usual)
                && !own.Contains(usual)
                && (!columns.IsKnown(names[place]) || columns.IsReplaceable(names[place], own))
            )
            {
                names[place] = usual;
            }
        }
    }

    // A column that is mapped replaces the one that has the name.
    private static void HideReplaced(string[] names, bool[] isMapped, CsvColumns columns)
    {
        for (var place = 0; place < names.Length; place++)
        {
            if (!isMapped[place] && names.Index().Any(other => isMapped[other.Index] && other.Item == names[place]))
            {
                names[place] = Hide(names[place], columns);
            }
        }
    }

    // A name that is not known, so that the column is listed as ignored.
    private static string Hide(string name, CsvColumns columns) => columns.IsKnown(name) ? $"{name} (not read)" : name;

    private void Check(string name, CsvColumns columns)
    {
        if (name != Ignore && !columns.IsKnown(name))
        {
            throw Wrong(
                $"must name one of the columns {string.Join(", ", columns.Known)}, or {Ignore}; found {SafeText.Quote(name)}"
            );
        }
        if (name != Ignore && _mapped.Count(other => other.Name == name) > 1)
        {
            throw Wrong($"must map one column to {name}");
        }
    }

    private static string DescribeMissing(string mapped, IReadOnlyList<string> header)
    {
        var named = header.Where(name => name.Length > 0).ToList();
        var missing = $"must name columns of the file; it has no column {SafeText.Quote(mapped)}";
        return ClosestName.Find(mapped, named) is { } closest
            ? $"{missing}; did you mean {SafeText.Quote(closest)}?"
            : $"{missing}; it has {string.Join(", ", named.Take(20).Select(SafeText.Quote))}";
    }

    private static ProblemException Wrong(string fault) => new(Problems.Invalid(Parameter.Name, fault));
}
