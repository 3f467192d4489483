using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>
/// `VoteTracker migrate`: brings the schema of a database to that of this program. The service then needs no right to
/// change the schema.
/// </summary>
internal static class MigrateCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var migrate = new Command(
            "migrate",
            "Applies the missing migrations. On PostgreSQL, with the user that owns the tables."
        );
        migrate.SetAction(
            async (arguments, _) =>
            {
                var provider = services(arguments);
                var db = provider.GetRequiredService<Db>();
                await provider.GetRequiredService<Maintenance>().Migrate();
                await arguments.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{db.Location}: the schema is at version {MigrationList.Load(db.Engine.Migrations)[^1].Version}."
                    )
                );
                return 0;
            }
        );
        return migrate;
    }
}
