namespace VoteTracker.Database;

/// <summary>A table as the database itself describes it.</summary>
internal sealed record TableShape
{
    public required string Name { get; init; }

    /// <summary>Its columns, and what type each is declared with.</summary>
    public required IReadOnlyList<(string Name, string Type)> Columns { get; init; }

    /// <summary>The tables that its rows point to.</summary>
    public required IReadOnlySet<string> References { get; init; }

    /// <summary>Reads them from a list of columns and one of references.</summary>
    public static IReadOnlyList<TableShape> FromColumns(
        IEnumerable<(string Table, string Column, string Type)> columns,
        IEnumerable<(string Table, string To)> references
    )
    {
        var to = references.ToLookup(r => r.Table, r => r.To, StringComparer.Ordinal);
        return
        [
            .. columns
                .GroupBy(c => c.Table, StringComparer.Ordinal)
                .Select(table => new TableShape
                {
                    Name = table.Key,
                    Columns = [.. table.Select(c => (c.Column, c.Type))],
                    References = to[table.Key].ToHashSet(StringComparer.Ordinal),
                })
                .OrderBy(table => table.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Those that others point to before those.</summary>
    public static IReadOnlyList<TableShape> InOrder(IReadOnlyList<TableShape> tables)
    {
        var (waiting, order) = (tables.ToList(), new List<TableShape>());
        while (waiting.Count > 0)
        {
            var next = waiting.Find(table =>
                waiting.TrueForAll(other => other.Name == table.Name || !table.References.Contains(other.Name))
            );
            order.Add(next ?? throw new InvalidOperationException("Tables point to each other in a circle."));
            waiting.Remove(next);
        }
        return order;
    }
}
