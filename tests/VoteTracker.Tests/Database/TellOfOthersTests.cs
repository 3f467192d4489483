using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using VoteTracker.Database;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Tests.Database;

[OnlySqlite]
public sealed class TellOfOthersTests
{
    // Looking takes three statements where there is something to tell of: before the first, the second, the third.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task What_another_process_writes_while_it_is_looked_for_is_told_then_or_the_next_time(int before)
    {
        using var app = new App();
        var db = app.Services.GetRequiredService<Db>();
        using var other = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=False;Foreign Keys=False");
        await other.OpenAsync();
        // The log is folded by one process alone.
        await other.ExecuteAsync("PRAGMA wal_autocheckpoint = 0");
        void Write(string text) =>
            other.Execute(
                """
                INSERT INTO change (at, by, kind, resolution, version)
                VALUES ('2026-11-21T15:00:00.000000Z', 'another', 'resolution', @text, 2)
                """,
                new { text }
            );
        var told = new HashSet<string>(StringComparer.Ordinal);
        db.Committed += told.UnionWith;
        await db.PublishForeignCommits();

        Write("first");
        var statements = 0;
        strdelegate_trace write = (_, sql) =>
        {
            // Not those of a commit, in which the file is this process's.
            var isLook =
                sql.Contains("data_version", StringComparison.Ordinal)
                || sql.Contains("SELECT", StringComparison.Ordinal);
            if (isLook && ++statements == before)
            {
                Write("meanwhile");
            }
        };
        await Trace(db, write);
        await db.PublishForeignCommits();
        statements.ShouldBe(3);
        told.ShouldContain("first");
        await db.PublishForeignCommits();
        told.ShouldContain("meanwhile");

        // The same where there is nothing else to tell of.
        (statements, before) = (0, Math.Min(before, 2));
        told.Clear();
        await db.PublishForeignCommits();
        await db.PublishForeignCommits();
        told.ShouldContain("meanwhile");
        await Trace(db, null);
    }

    private static Task Trace(Db db, strdelegate_trace? hook) =>
        db.Write(write =>
        {
            raw.sqlite3_trace(((PreparedConnection)write.Connection).Handle, hook, null);
            return Task.FromResult(0);
        });
}
