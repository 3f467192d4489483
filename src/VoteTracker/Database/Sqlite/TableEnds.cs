using System.Data.Common;
using Dapper;

namespace VoteTracker.Database.Sqlite;

/// <summary>The queries that read the first row of a table, and the last one by its primary key.</summary>
internal sealed record TableEnds(string First, string Last)
{
    /// <summary>Those of every table.</summary>
    public static IReadOnlyList<TableEnds> Load(DbConnection connection) =>
        [
            .. connection
                .Query<(string Table, string? Key)>(
                    """
                    SELECT
                        m.name,
                        (
                            SELECT GROUP_CONCAT('"' || c.name || '" DESC', ', ' ORDER BY c.pk)
                            FROM pragma_table_info(m.name) c
                            WHERE c.pk > 0
                        )
                    FROM sqlite_schema m
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
                    """
                )
                .Select(row => new TableEnds(
                    $"SELECT * FROM \"{row.Table}\" LIMIT 1",
                    $"SELECT * FROM \"{row.Table}\" ORDER BY {row.Key ?? "rowid DESC"} LIMIT 1"
                )),
        ];
}
