using System.Data.Common;
using Dapper;

namespace VoteTracker.Database.Sqlite;

/// <summary>The tables of a SQLite database.</summary>
internal static class SqliteTables
{
    /// <summary>Lists the tables with their columns and references.</summary>
    public static IReadOnlyList<TableShape> List(DbConnection connection) =>
        TableShape.FromColumns(
            connection.Query<(string, string, string)>(
                "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            ),
            connection.Query<(string, string)>(
                "SELECT m.name, f.\"table\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
            )
        );
}
