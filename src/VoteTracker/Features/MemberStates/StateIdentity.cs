using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.MemberStates;

/// <summary>The columns of a table that name a state. The first with a value identifies it, and the others must agree.</summary>
internal static class StateIdentity
{
    /// <summary>The column for a name of the state, in any language.</summary>
    public const string Name = "member_state";

    /// <summary>The columns of a list that can identify a state, in order of precedence.</summary>
    public static IReadOnlyList<string> All { get; } = ["iso3", "iso2", "m49", Name, "un_name"];

    /// <summary>The columns of exports that accompany the code of a state.</summary>
    public static IReadOnlyList<string> OfExports { get; } = ["iso2", "m49", "un_name"];

    /// <summary>
    /// Identifies the state of a row by its first column with a value. Adds a problem and returns false if the row has no
    /// such value, or if it names no state or several. A code in `iso3` is not checked here; it can be empty.
    /// </summary>
    public static bool Identify(CsvRecord row)
    {
        if (All.FirstOrDefault(column => row[column] is not null) is not { } column)
        {
            var empty = All.First(row.Has);
            if (empty == "iso3")
            {
                return true;
            }
            row.Wrong(empty, $"must be {Describe(empty)}; it is empty");
            return false;
        }
        if (column == "iso3")
        {
            return true;
        }
        var codes = Find(column, row[column]!);
        if (codes is not [var code])
        {
            row.Wrong(
                column,
                codes.Count == 0 ? DescribeUnknown(column, row[column]!) : DescribeSeveral(codes, row[column]!)
            );
            return false;
        }
        row.Identify(column, code);
        return true;
    }

    /// <summary>Adds a problem if another column of a row names another state than the one that identifies it; true if one does.</summary>
    public static bool Contradicts(CsvRecord row, IReadOnlyList<string> columns)
    {
        if (!StateNameIndex.Shipped.Contains(row.Iso3))
        {
            return false;
        }
        foreach (var column in columns)
        {
            // An empty cell is accepted: some programs read the code of Namibia, NA, as a missing value.
            if (column == row.StateColumn || row[column] is not { } text || Find(column, text).Contains(row.Iso3))
            {
                continue;
            }
            var shown = row.StateColumn == "iso3" ? row.Iso3 : SafeText.Quote(row[row.StateColumn]!);
            row.Wrong(
                column,
                DamagedText.Find(text) is null
                    ? $"contradicts {row.StateColumn} {shown}, which is {StateNameIndex.Shipped.RecordNameOf(row.Iso3)}; found {SafeText.Quote(text)}"
                    : $"was damaged by a wrong encoding; found {SafeText.Quote(text)}; open the original file as UTF-8 and edit it again"
            );
            return true;
        }
        return false;
    }

    private static IReadOnlyList<string> Find(string column, string text) =>
        column switch
        {
            "iso3" => [text.ToUpperInvariant()],
            "iso2" => StateNameIndex.Shipped.FindByIso2(text) is { } code ? [code] : [],
            "m49" => StateNameIndex.Shipped.FindByM49(text) is { } code ? [code] : [],
            _ => StateNameIndex.Shipped.Find(text),
        };

    private static string Describe(string column) =>
        column switch
        {
            "iso3" => "a code of ISO 3166-1 alpha-3",
            "iso2" => "a code of ISO 3166-1 alpha-2",
            "m49" => "an M49 code",
            _ => "the name or code of a state",
        };

    private static string DescribeUnknown(string column, string text)
    {
        if (DamagedText.Find(text) is not null)
        {
            return $"was damaged by a wrong encoding; found {SafeText.Quote(text)}; open the original file as UTF-8 and edit it again";
        }
        var unknown = $"must be {Describe(column)}; found {SafeText.Quote(text)}";
        var similar = column is "iso2" or "m49" ? [] : StateNameIndex.Shipped.FindSimilar(text);
        return similar.Count == 0 ? unknown : $"{unknown}; did you mean {List(similar)}?";
    }

    private static string DescribeSeveral(IReadOnlyList<string> codes, string text) =>
        $"must name one state; {SafeText.Quote(text)} can be {List(codes)}";

    private static string List(IReadOnlyList<string> codes)
    {
        var names = codes.Select(StateNameIndex.Shipped.Describe).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
