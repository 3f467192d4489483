using System.Globalization;
using VoteTracker.Database.Inspection;

namespace VoteTracker.Features.Doctor;

/// <summary>What is wrong with a PostgreSQL server, or with the role of the service.</summary>
internal static class ServerFindings
{
    private const int OldestVersion = 15;
    private const double MostLagSeconds = 10;

    public static IEnumerable<Finding> Find(string check, ServerState server, ContentInspection? content) =>
        [
            .. FindUnusable(check, server),
            .. FindUnsafe(check, server),
            .. FindInRole(check, server, content),
            .. FindInStandbys(check, server),
        ];

    private static IEnumerable<Finding> FindUnusable(string check, ServerState server)
    {
        var version = server.Version / 10_000;
        if (version < OldestVersion)
        {
            yield return Finding.Error(
                check,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The server is PostgreSQL {version}. The service needs {OldestVersion} or later."
                ),
                "Upgrade the server."
            );
        }
        if (server.Encoding != "UTF8")
        {
            yield return Finding.Error(
                check,
                $"The database has the encoding {server.Encoding}, which cannot store the names of all states.",
                "Create a database with ENCODING 'UTF8' TEMPLATE template0."
            );
        }
        if (server.IsReadOnly)
        {
            yield return Finding.Error(
                check,
                "The server is a standby and rejects writes.",
                "Name the primary in the setting Database, or all hosts of the cluster."
            );
        }
    }

    private static IEnumerable<Finding> FindUnsafe(string check, ServerState server)
    {
        if (server.UnsafeParameters.Count > 0)
        {
            yield return Finding.Error(
                check,
                $"A crash of the server can lose acknowledged writes: {string.Join(", ", server.UnsafeParameters)}.",
                "Set these parameters to on for this database, its role and the server."
            );
        }
        if (!server.IsConnectionPrivate)
        {
            yield return Finding.Warning(
                check,
                "The connection to the server is not encrypted.",
                "Add SSL Mode=VerifyFull to the setting Database."
            );
        }
    }

    private static IEnumerable<Finding> FindInRole(string check, ServerState server, ContentInspection? content)
    {
        if (server.IsSuperuser)
        {
            yield return Finding.Warning(
                check,
                $"The service connects as {server.Role}, a superuser.",
                "Use a role that owns only this database."
            );
        }
        if (server.ForbiddenTables.Count > 0)
        {
            yield return Finding.Error(
                check,
                $"The role {server.Role} may not read or write {string.Join(", ", server.ForbiddenTables)}.",
                "GRANT SELECT, INSERT, UPDATE, DELETE on them to the role."
            );
        }
        if (!server.CanCreate && content?.PendingMigrations is null or > 0)
        {
            yield return Finding.Error(
                check,
                $"The next start creates tables, and the role {server.Role} may not.",
                "GRANT CREATE ON SCHEMA to the role, or apply the migrations with the role that owns the database."
            );
        }
    }

    private static IEnumerable<Finding> FindInStandbys(string check, ServerState server)
    {
        foreach (var standby in server.Standbys)
        {
            if (standby.State != "streaming" || standby.LagSeconds > MostLagSeconds)
            {
                yield return Finding.Warning(
                    check,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The standby {standby.Name} is {standby.State}, {standby.LagSeconds:0} seconds behind."
                    ),
                    "Check the standby and the network between the servers."
                );
            }
        }
    }
}
