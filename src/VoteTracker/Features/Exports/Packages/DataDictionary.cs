using System.Text;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>The data dictionary as text: the description of each table, and a line for each column.</summary>
internal static class DataDictionary
{
    /// <summary>A table as a section of Markdown. The columns of a matrix, one for each resolution, share one line.</summary>
    public static string Markdown(Table table, int level)
    {
        var text = new StringBuilder();
        text.Append('#', level).Append(' ').Append(table.Name).Append("\n\n");
        text.Append(table.Description).Append("\n\n");
        text.Append(
            $"Key: {Code(table.Key)}. Sorted by {table.Order}. Terms: {TermsOfUse.ForOwner(table.Owner).Name}.\n\n"
        );
        text.Append("| column | JSON | type | unit | source | description |\n|---|---|---|---|---|---|\n");
        foreach (var column in table.Columns)
        {
            text.Append(
                $"| {NameOf(column)} | `{column.Json}` | {TypeOf(column)} | {column.Unit} | {column.Source} | {column.Description}{Meaning(column)} |\n"
            );
        }
        return text.ToString();
    }

    private static string NameOf(Column column) => column.Repeats ? "a resolution's id" : $"`{column.Name}`";

    private static string TypeOf(Column column) => column.Words.Count == 0 ? column.Type.Name() : "word";

    private static string Meaning(Column column) =>
        (column.Words.Count == 0 ? "" : $" One of {Code(column.Words)}.")
        + (column.RefersTo is { } table ? $" A key of `{table}`." : "")
        + (column.Required ? "" : " Can be empty.");

    private static string Code(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));
}
