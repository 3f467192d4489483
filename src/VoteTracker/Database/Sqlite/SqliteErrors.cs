using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>What the error codes of SQLite mean for the service.</summary>
internal static class SqliteErrors
{
    /// <summary>The fault of a file that a read found damaged.</summary>
    public const string Damaged =
        "A read found that the database file is damaged or its disk failed. Writing is stopped until the service is restarted with an intact file.";

    /// <summary>Whether the content of the file, or anything written to it, cannot be trusted.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>The kind of a failure; null if the exception is not one of SQLite's.</summary>
    public static DbFailure? Classify(DbException exception) =>
        exception is SqliteException sqlite
            ? sqlite.SqliteErrorCode switch
            {
                raw.SQLITE_IOERR
                or raw.SQLITE_READONLY
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_NOTADB => DbFailure.Disk,
                raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED => DbFailure.Busy,
                _ => DbFailure.Statement,
            }
            : null;
}
