using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// What is checked before a database file is served. A write-ahead log can be beside a file to which it does not belong.
/// SQLite applies it nevertheless, and the result is a mixture of two databases. After a clean stop there is no log, so
/// only the start after a kill is checked.
/// </summary>
internal static class ServingChecks
{
    private const string OtherIncarnations = "the log lacks the incarnations of the file";

    /// <summary>
    /// Checks a database with its log before the log is copied into the file. After a <see cref="SettingException"/>,
    /// closing the connection changes neither file.
    /// </summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="name">The name in the settings, for messages.</param>
    public static void Check(PreparedConnection connection, string name)
    {
        if (connection.IsReadOnly)
        {
            throw new SettingException(
                $"The file {name} is read-only. The user that runs the service needs permission to write to it and to its folder."
            );
        }
        try
        {
            if (connection.CountLogFrames() > 0 && FindFault(connection) is { } fault)
            {
                throw Damaged(connection, name, fault);
            }
        }
        catch (SqliteException exception) when (SqliteErrors.IsDamage(exception))
        {
            throw Damaged(connection, name, exception.Message);
        }
    }

    /// <summary>The exception for a database that SQLite cannot read. Closing the connection no longer changes its files.</summary>
    public static SettingException Damaged(PreparedConnection connection, string name, string fault)
    {
        connection.KeepLogOnClose();
        fault = fault.TrimEnd('.');
        return new SettingException(
            FileReplacement.FindLog(connection.FileName) is null
                ? $"The database cannot be used: {name} is damaged, or is not a database: {fault}. Restore a backup."
                : $"The log {name}-wal is of another database, or {name} is damaged: {fault}. Nothing was changed. Move the log away if it is of another database, or restore a backup."
        );
    }

    // Incarnations are never deleted. A log that has all pages of another database passes every other check.
    private static string? FindFault(PreparedConnection connection) =>
        ListIncarnations(connection.FileName).Except(ListIncarnations(connection), StringComparer.Ordinal).Any()
            ? OtherIncarnations
            : connection.Query<string>("PRAGMA quick_check(1)").FirstOrDefault(line => line != "ok");

    private static List<string> ListIncarnations(string file)
    {
        try
        {
            using var alone = FileInspection.OpenImmutable(file);
            return ListIncarnations(alone);
        }
        catch (SqliteException)
        {
            // A kill while the log was copied can leave a file that is complete only with its log.
            return [];
        }
    }

    private static List<string> ListIncarnations(DbConnection connection) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'incarnation'") == 0
            ? []
            : [.. connection.Query<string>("SELECT first_version || ' ' || began_at FROM incarnation")];
}
