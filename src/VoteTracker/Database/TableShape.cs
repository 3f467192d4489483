namespace VoteTracker.Database;

/// <summary>A table as the catalogue of the database describes it.</summary>
internal sealed record TableShape
{
    public required string Name { get; init; }

    /// <summary>Its columns with their declared types.</summary>
    public required IReadOnlyList<(string Name, string Type)> Columns { get; init; }

    /// <summary>The tables that it references.</summary>
    public required IReadOnlySet<string> References { get; init; }

    /// <summary>Creates them from a list of columns and a list of references.</summary>
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

    /// <summary>Sorts tables so that referenced ones come first.</summary>
    public static IReadOnlyList<TableShape> InOrder(IReadOnlyList<TableShape> tables)
    {
        var (waiting, order) = (tables.ToList(), new List<TableShape>());
        while (waiting.Count > 0)
        {
            var next = waiting.Find(table =>
                waiting.TrueForAll(other => other.Name == table.Name || !table.References.Contains(other.Name))
            );
            order.Add(next ?? throw new InvalidOperationException("The references of the tables form a cycle."));
            waiting.Remove(next);
        }
        return order;
    }
}
