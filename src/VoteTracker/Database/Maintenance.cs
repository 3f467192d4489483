using System.Data.Common;
using Dapper;

namespace VoteTracker.Database;

/// <summary>Prepares a database for serving, and copies it: migrations, incarnations, backups, copies to another engine.</summary>
internal sealed class Maintenance(Db db, TimeProvider clock)
{
    /// <summary>Applies the missing migrations, while no other process does.</summary>
    public Task Migrate() =>
        db.Writer.RunExclusive(writing =>
        {
            var migrations = MigrationList.Load(db.Engine.Migrations);
            ChangeSchema(writing, () => Migrator.Migrate(writing.Connection, db.Engine, migrations, clock.Moment()));
        });

    /// <summary>
    /// Lets this process copy the write-ahead log into the database file. Only the process that serves does this, in its
    /// writer.
    /// </summary>
    public Task EnableCheckpoints() => db.Writer.RunExclusive(writing => writing.EnableCheckpoints());

    /// <summary>
    /// Begins a new incarnation if the database is in another place than where it was last served. From then on, the
    /// writer checks the place whenever it connects to another server.
    /// </summary>
    public async Task StartIncarnation()
    {
        db.Writer.OnNewConnection = db.Incarnation.Check;
        if (!await db.Read(db.Incarnation.Start))
        {
            await db.WriteBookkeeping(db.Incarnation.Check);
        }
    }

    /// <summary>
    /// Makes all later writes have a later moment than the last one. The clock of the machine may have been set back, and
    /// past states are found by moment.
    /// </summary>
    /// <returns>The moment of the last commit.</returns>
    public async Task<DateTimeOffset> ContinueAfterLastChange()
    {
        var last = await FindLastMoment();
        db.Writer.ContinueAfter(last);
        return last;
    }

    /// <summary>The moment of the last commit that changed a resolution, the feed or the incarnation; the first moment of all if there is none.</summary>
    public Task<DateTimeOffset> FindLastMoment() =>
        db.Read(async connection =>
        {
            var moments = await connection.QueryAsync<DateTimeOffset>(
                "SELECT changed_at FROM resolution ORDER BY changed_at DESC LIMIT 1"
            );
            var changes = await connection.QueryAsync<DateTimeOffset>(
                "SELECT at FROM change ORDER BY seq DESC LIMIT 1"
            );
            // The moments of shipped facts are those of their votes, so the first start is a commit of its own.
            var starts = await connection.QueryAsync<DateTimeOffset>(
                "SELECT began_at FROM incarnation ORDER BY first_version DESC LIMIT 1"
            );
            return moments.Concat(changes).Concat(starts).DefaultIfEmpty().Max();
        });

    /// <summary>Whether the database has no tables. Opening a database that does not exist creates an empty one.</summary>
    public Task<bool> IsEmpty() => db.Engine.IsEmpty();

    /// <summary>Writes a consistent copy beside the writes, and compares it. The file must be empty.</summary>
    public Task CopyTo(string file) => Task.Run(() => db.Engine.CopyTo(file));

    /// <summary>Creates the tables of an empty database. A <see cref="SettingException"/> if it has other tables.</summary>
    public async Task PrepareTarget()
    {
        if (
            !await IsEmpty()
            && await db.Read(connection => Task.FromResult(db.Engine.Tables(connection))) is var tables
            && tables.All(table => table.Name != "schema_version")
        )
        {
            throw new SettingException("The target is not empty: it has tables of another program.");
        }
        await Migrate();
    }

    /// <summary>
    /// Copies every table of another database into this one, which has no rows. The copy is one transaction and reads one
    /// snapshot of the source. Returns the checksums of both databases.
    /// </summary>
    public async Task<IReadOnlyList<CopiedTable>> CopyFrom(
        Db source,
        Action<string, long, long> progress,
        CancellationToken stop
    )
    {
        var sums = new List<(TableShape Table, TableCopy.TableSum Sum)>();
        await db.Writer.RunExclusive(writing =>
            ChangeSchema(
                writing,
                () =>
                    source
                        .Read(from => Task.FromResult(CopyAll(source, from, writing, sums, progress, stop)))
                        .GetAwaiter()
                        .GetResult()
            )
        );
        return await db.Read(connection =>
            Task.FromResult<IReadOnlyList<CopiedTable>>([
                .. sums.Select(s => new CopiedTable(s.Table.Name, s.Sum, TableCopy.Sum(connection, s.Table))),
            ])
        );
    }

    private bool CopyAll(
        Db source,
        DbConnection from,
        IWriting writing,
        List<(TableShape, TableCopy.TableSum)> sums,
        Action<string, long, long> progress,
        CancellationToken stop
    )
    {
        var tables = TableCopy.Tables(source.Engine, from);
        var targets = TableCopy.Tables(db.Engine, writing.Connection);
        var migrations = MigrationList.Load(source.Engine.Migrations);
        if (TableCopy.FindMismatch(from, migrations, tables, writing.Connection, targets) is { } mismatch)
        {
            throw new SettingException(mismatch);
        }
        var all = tables.Sum(t => from.ExecuteScalar<long>($"SELECT COUNT(*) FROM {t.Name}"));
        var done = 0L;
        foreach (var table in tables)
        {
            var target = targets.Single(t => t.Name == table.Name);
            sums.Add(
                (table, TableCopy.Copy(from, writing.Connection, table, target, rows => Report(table.Name, rows)))
            );
        }
        db.Engine.ResetSequences(writing.Connection);
        return true;

        void Report(string table, int rows)
        {
            stop.ThrowIfCancellationRequested();
            progress(table, done += rows, all);
        }
    }

    private static void ChangeSchema(IWriting writing, Action change)
    {
        writing.BeginSchemaChange();
        try
        {
            change();
            // Without a moment: at the start, nobody has checked the clock yet.
            writing.Commit(default, []);
        }
        catch
        {
            writing.Rollback();
            throw;
        }
    }
}

/// <summary>A copied table, and the checksums of its rows in both databases.</summary>
internal sealed record CopiedTable(string Name, TableCopy.TableSum Source, TableCopy.TableSum Target)
{
    public bool IsSame => Source.Equals(Target);
}
