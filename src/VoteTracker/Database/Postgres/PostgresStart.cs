using System.Diagnostics;
using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>Waits for a PostgreSQL server at the start, and checks that its database can be used.</summary>
internal sealed class PostgresStart(NpgsqlConnectionStringBuilder settings, ILogger log)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private string Server => $"PostgreSQL at {settings.Host}:{settings.Port}";

    /// <summary>Waits until the server accepts connections. Returns its version.</summary>
    /// <exception cref="SettingException">The server is not available in time, or the database cannot be used.</exception>
    public string WaitForServer(NpgsqlDataSource source, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        var hasLogged = false;
        while (true)
        {
            try
            {
                using var connection = source.OpenConnection();
                return Check(connection);
            }
            catch (NpgsqlException exception) when (PermanentFault(exception) is null)
            {
                if (Stopwatch.GetElapsedTime(start) >= timeout)
                {
                    throw new SettingException(
                        $"{Server} could not be reached for {timeout.TotalSeconds:0} seconds: {exception.Message}"
                    );
                }
                if (!hasLogged)
                {
                    log.LogWarning(
                        "{Server} cannot be reached; waiting for it for up to {Seconds} seconds.",
                        Server,
                        timeout.TotalSeconds
                    );
                    hasLogged = true;
                }
                Thread.Sleep(RetryInterval);
            }
            catch (NpgsqlException exception)
            {
                throw new SettingException(PermanentFault(exception)!);
            }
        }
    }

    /// <summary>Why a connection failed, as a sentence without the password.</summary>
    public string DescribeFault(NpgsqlException exception) =>
        PermanentFault(exception) ?? $"{Server} could not be reached: {exception.Message}";

    private string Check(NpgsqlConnection connection)
    {
        if (Show(connection, "server_encoding") is not "UTF8" and var encoding)
        {
            throw new SettingException(
                $"The database {settings.Database} has the encoding {encoding}, which cannot store the names of all states. Create one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
            );
        }
        if (Show(connection, "transaction_read_only") == "on")
        {
            throw new SettingException(
                $"{Server} does not accept writes: it is a standby or read-only. Name the primary, or all hosts of the cluster."
            );
        }
        return $"PostgreSQL {connection.ServerVersion}";
    }

    private static string Show(NpgsqlConnection connection, string parameter)
    {
        using var command = new NpgsqlCommand($"SHOW {parameter}", connection);
        return (string)command.ExecuteScalar()!;
    }

    // A fault that waiting does not correct, as a sentence without the password. Otherwise null.
    private string? PermanentFault(NpgsqlException exception) =>
        exception is PostgresException postgres
            ? postgres.SqlState switch
            {
                ['2', '8', ..] =>
                    $"{Server} rejects the user {settings.Username}: the password is wrong, or the user may not connect.",
                "3D000" =>
                    $"{Server} has no database {settings.Database}. Create it with CREATE DATABASE {settings.Database} ENCODING 'UTF8' TEMPLATE template0.",
                ['5', '7', ..] or ['5', '3', ..] or ['0', '8', ..] => null,
                _ => $"{Server} cannot be used: {postgres.MessageText}.",
            }
            : null;
}
