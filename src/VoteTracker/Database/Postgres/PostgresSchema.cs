using System.Data.Common;
using Dapper;

namespace VoteTracker.Database.Postgres;

/// <summary>Reads the tables and columns from PostgreSQL's catalogue.</summary>
internal static class PostgresSchema
{
    /// <summary>Lists the tables with their columns and references.</summary>
    public static IReadOnlyList<TableShape> Tables(DbConnection connection) =>
        TableShape.FromColumns(
            connection.Query<(string, string, string)>(
                """
                SELECT c.table_name::text, c.column_name::text, c.data_type::text
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = CURRENT_SCHEMA() AND t.table_type = 'BASE TABLE'
                ORDER BY c.table_name, c.ordinal_position
                """
            ),
            connection.Query<(string, string)>(
                """
                SELECT r.relname::text, t.relname::text
                FROM pg_constraint c
                JOIN pg_class r ON r.oid = c.conrelid
                JOIN pg_class t ON t.oid = c.confrelid
                WHERE c.contype = 'f' AND c.connamespace = CURRENT_SCHEMA()::regnamespace
                """
            )
        );

    /// <summary>Whether the schema has this table, whether or not the user may read it.</summary>
    public static bool HasTable(DbConnection connection, string name) =>
        connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM pg_class WHERE relnamespace = CURRENT_SCHEMA()::regnamespace AND relkind = 'r' AND relname = @name",
            new { name }
        ) > 0;

    /// <summary>
    /// Lists the tables that the user may not read and write. Tables of other programs count only if their owner also owns
    /// schema_version.
    /// </summary>
    public static IReadOnlyList<string> ListForbiddenTables(DbConnection connection) =>
        [
            .. connection.Query<string>(
                """
                SELECT c.relname::text
                FROM pg_class c
                JOIN pg_class v ON v.relnamespace = c.relnamespace AND v.relname = 'schema_version'
                WHERE c.relnamespace = CURRENT_SCHEMA()::regnamespace AND c.relkind = 'r' AND c.relowner = v.relowner
                    AND NOT (
                        has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                        AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')
                    )
                ORDER BY c.relname
                """
            ),
        ];

    /// <summary>Sets the sequence of each table to the number after its last.</summary>
    public static void ResetSequences(DbConnection connection)
    {
        var numbered = connection
            .Query<(string Table, string Column)>(
                "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA() AND is_identity = 'YES'"
            )
            .ToList();
        foreach (var (table, column) in numbered)
        {
            connection.ExecuteScalar(
                $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}), FALSE)"
            );
        }
    }

    /// <summary>Describes the columns, one line each.</summary>
    public static IReadOnlyList<string> Describe(DbConnection connection) =>
        [
            .. connection.Query<string>(
                """
                SELECT
                    c.table_name || '.' || c.column_name || ' ' || c.data_type
                        || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
                        || COALESCE(' collate ' || c.collation_name, '')
                FROM information_schema.columns c
                WHERE c.table_schema = CURRENT_SCHEMA()
                ORDER BY c.table_name, c.column_name
                """
            ),
        ];
}
