using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A write-ahead log beside a database file to which it does not belong. SQLite applies it nevertheless, and the result is
/// a mixture of two databases. After a clean stop there is no log, so only the start after a kill is checked.
/// </summary>
internal static class ForeignLog
{
    /// <summary>
    /// Checks the database with its log before the log is copied into the file. Returns the first fault; null if there is
    /// none. After a fault, closing the connection changes neither file.
    /// </summary>
    public static string? FindFault(PreparedConnection connection)
    {
        try
        {
            if (connection.CountLogFrames() <= 0)
            {
                return null;
            }
            var line = connection.Query<string>("PRAGMA quick_check(1)").First();
            if (line == "ok")
            {
                return null;
            }
            connection.KeepLogOnClose();
            return line;
        }
        catch (SqliteException exception) when (SqliteErrors.IsDamage(exception))
        {
            connection.KeepLogOnClose();
            return exception.Message;
        }
    }
}
