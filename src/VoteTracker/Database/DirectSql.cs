using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>
/// Runs a statement without Dapper, so without parameter, row and task objects. Only for the statements of the most frequent
/// write; tests/README.md has the figures.
/// </summary>
internal static class DirectSql
{
    /// <summary>Runs a statement.</summary>
    public static void ExecuteDirect(this DbConnection connection, string sql, params ReadOnlySpan<SqlValue> values) =>
        connection.FindDirect(sql, static _ => true, values);

    /// <summary>Reads the first row, or returns the default value if there is none.</summary>
    public static T? FindDirect<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> read,
        params ReadOnlySpan<SqlValue> values
    )
    {
        var direct = connection as IDirectConnection;
        using var command = direct is null ? CreateCommand(connection, sql, values) : null;
        using var reader = direct?.Read(sql, values) ?? command!.ExecuteReader();
        var found = reader.Read() ? read(reader) : default;
        // To the end: a change that returns rows is complete only then.
        while (reader.Read()) { }
        return found;
    }

    private static DbCommand CreateCommand(DbConnection connection, string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = value.Name;
            SqlTypes.Bind(parameter, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>A text, or null.</summary>
    public static string? TextOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A day, or null.</summary>
    public static DateOnly? DayOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : SqlTypes.ToDay(row.GetValue(column));

    /// <summary>A moment, or null.</summary>
    public static DateTimeOffset? MomentOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : SqlTypes.ToMoment(row.GetValue(column));
}

/// <summary>A connection that binds values without parameter objects.</summary>
internal interface IDirectConnection
{
    /// <summary>Runs a statement with these values, up to its first row.</summary>
    DbDataReader Read(string sql, ReadOnlySpan<SqlValue> values);
}
