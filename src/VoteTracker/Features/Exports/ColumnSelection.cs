using System.Reflection;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports;

/// <summary>The columns that a caller selects of a table, in the caller's order.</summary>
internal sealed class ColumnSelection
{
    // A matrix has thousands of columns: then the error names only the closest one.
    private const int MostListed = 50;

    private readonly IReadOnlyList<string>? _names;

    private ColumnSelection(IReadOnlyList<string>? names) => _names = names;

    /// <summary>The parameter of a table. Its example is the table's key.</summary>
    public static TextParameter ParameterOf(Type row) =>
        new(
            "columns",
            "Only these columns, in this order: names of the CSV header, separated by commas. They apply to all formats. Without it, all columns.",
            string.Join(',', row.GetCustomAttribute<ExportedAttribute>()!.Key)
        );

    /// <summary>Reads the selection, and adds to the query what is wrong with it.</summary>
    public static ColumnSelection Parse(Query query, Type row)
    {
        var parameter = ParameterOf(row);
        if (query.Read(parameter) is not { } text)
        {
            return new ColumnSelection(null);
        }
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            query.Wrong(parameter, $"must name each column once; {SafeText.Quote(twice.Key)} is named twice");
        }
        var columns = Table.FromRow(row).Columns;
        // The columns that repeat are known only when the rows are read.
        if (!columns.Any(column => column.Repeats) && ProblemOf(names, columns) is { } problem)
        {
            query.Wrong(parameter, problem);
        }
        return new ColumnSelection(names);
    }

    /// <summary>The table with the selected columns; a <see cref="ProblemException"/> with 400 if it lacks one.</summary>
    public Table<TRow> Apply<TRow>(Table<TRow> table)
    {
        if (_names is null)
        {
            return table;
        }
        return ProblemOf(_names, table.Described.Columns) is { } problem
            ? throw new ProblemException(Problems.Invalid(ParameterOf(typeof(TRow)).Name, problem))
            : table.Select(_names);
    }

    private static string? ProblemOf(IReadOnlyList<string> names, IReadOnlyList<Column> columns)
    {
        var known = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !known.Contains(name)) is not { } unknown)
        {
            return null;
        }
        var wrong =
            unknown.Length == 0
                ? "must be columns of the table; found ''"
                : $"must be columns of the table; found {SafeText.Quote(unknown)}";
        return known.Count <= MostListed ? UnknownName.Describe(wrong, unknown, [.. columns.Select(c => c.Name)])
            : ClosestName.Find(unknown, known) is { } closest ? $"{wrong}; did you mean {closest}?"
            : wrong;
    }
}
