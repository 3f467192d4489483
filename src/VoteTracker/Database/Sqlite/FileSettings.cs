using Microsoft.Data.Sqlite;

namespace VoteTracker.Database.Sqlite;

/// <summary>The connection string of a database file.</summary>
internal static class FileSettings
{
    /// <summary>Parses a connection string; a <see cref="SettingException"/> if it is malformed.</summary>
    public static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                "Database must be a SQLite connection string, such as Data Source=votetracker.db, or a PostgreSQL one with Host=."
            );
        }
    }
}
