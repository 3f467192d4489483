using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The columns that a kind of file can have. Columns with other names are ignored and listed.</summary>
internal sealed record CsvColumns
{
    /// <summary>The columns that every file of this kind must have.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Columns that can each replace the first of those that are required.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>The columns that can change something; a file has at least one of them.</summary>
    public required IReadOnlyList<string> Changing { get; init; }

    /// <summary>The other columns that are known: they accompany a change, or the export has them.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The columns of the export that are read under a usual header's name if the file has none of the second list.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Replaceable { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>All names that are known.</summary>
    public IEnumerable<string> Known =>
        Required.Concat(Alternatives).Concat(Changing).Concat(Others).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a name is known.</summary>
    public bool IsKnown(string name) => Known.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a column of the export can be read as another one in a file with these columns.</summary>
    public bool IsReplaceable(string name, IReadOnlySet<string> header) =>
        Replaceable.TryGetValue(name, out var unless) && !unless.Any(header.Contains);

    /// <summary>What is wrong with a header, and how to fix it; empty if nothing is.</summary>
    public IReadOnlyList<string> ProblemsOf(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        if (header.All(name => name.Length == 0))
        {
            return
            [
                $"is empty; the first row must name the columns, such as {string.Join(", ", Required.Union(Changing))}",
            ];
        }
        var missing = Required.Except(header, StringComparer.Ordinal).ToList();
        if (Alternatives.Intersect(header, StringComparer.Ordinal).Any())
        {
            missing.Remove(Required[0]);
        }
        var problems = missing.Select(name => $"must have the column {name}{Hint(name, header)}{Or(name)}").ToList();
        // A column that is missing above is not reported a second time.
        if (!Changing.Intersect([.. header, .. missing], StringComparer.Ordinal).Any())
        {
            problems.Add($"must have a column that can change something: {string.Join(", ", Changing)}");
        }
        var repeated = header
            .Intersect(Known, StringComparer.Ordinal)
            .Where(name => header.Count(other => other == name) > 1)
            .ToList();
        if (repeated.Count > 0)
        {
            problems.Add(
                $"must have each column once; repeated: {string.Join(", ", repeated.Select(name => name + Names(name)))}"
            );
        }
        return problems;

        // The columns of the file that are read as one, if they have other names.
        string Names(string name)
        {
            var read = header.Zip(names).Where(column => column.First == name).Select(column => column.Second).ToList();
            return read.TrueForAll(other => other == name)
                ? ""
                : $" (read from {string.Join(" and ", read.Select(SafeText.Quote))}; the parameter map selects one)";
        }
    }

    /// <summary>The columns of a header that are not read, each with the known name that it may be meant for.</summary>
    public IReadOnlyList<IgnoredColumn> Ignored(IReadOnlyList<string> header, bool unnamedHasValue)
    {
        var free = Known.Except(header, StringComparer.Ordinal).ToList();
        return
        [
            .. header
                .Except(Known, StringComparer.Ordinal)
                .Where(name => name.Length > 0 || unnamedHasValue)
                .Select(name => new IgnoredColumn
                {
                    Column = SafeText.Show(name),
                    Closest = ClosestName.Find(name, free),
                }),
        ];
    }

    private static string Hint(string missing, IReadOnlyList<string> header) =>
        header.FirstOrDefault(name => name.Length > 0 && ClosestName.Find(name, [missing]) is not null) is { } name
            ? $"; found {SafeText.Quote(name)}"
            : "";

    private string Or(string missing) =>
        missing == Required[0] && Alternatives.Count > 0 ? $"; or one of {string.Join(", ", Alternatives)}" : "";
}

/// <summary>A column of a file that was not read, because its name is not known.</summary>
public sealed record IgnoredColumn
{
    /// <summary>The column's name in the file, in lower case; empty for columns without a name that have a value.</summary>
    public required string Column { get; init; }

    /// <summary>The closest known name that the file does not have; null if none is close.</summary>
    public required string? Closest { get; init; }
}
