using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using VoteTracker.Database;
using VoteTracker.Database.Sqlite;

namespace VoteTracker.Tests.Database;

[OnlySqlite]
public sealed class ForeignCommitsTests
{
    // A lookup with a foreign commit has three statements. The other process writes before the first, second or third.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_foreign_commit_during_a_lookup_is_published_by_that_lookup_or_the_next_one(int before)
    {
        using var app = new App();
        var db = app.Services.GetRequiredService<Db>();
        var feed = app.Services.GetRequiredService<CommitFeed>();
        using var other = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=False;Foreign Keys=False");
        await other.OpenAsync();
        // Only the service checkpoints the log.
        await other.ExecuteAsync("PRAGMA wal_autocheckpoint = 0");
        void Write(string resolution) =>
            other.Execute(
                """
                INSERT INTO change (at, by, kind, resolution, version)
                VALUES ('2026-11-21T15:00:00.000000Z', 'another', 'resolution', @resolution, 2)
                """,
                new { resolution }
            );
        var published = new HashSet<string>(StringComparer.Ordinal);
        feed.Committed += published.UnionWith;
        await feed.PublishForeignCommits();

        Write("first");
        var statements = 0;
        strdelegate_trace write = (_, sql) =>
        {
            // Not the statements of a commit, during which the file is locked.
            var isLookup =
                sql.Contains("data_version", StringComparison.Ordinal)
                || sql.Contains("SELECT", StringComparison.Ordinal);
            if (isLookup && ++statements == before)
            {
                Write("meanwhile");
            }
        };
        await Trace(db, write);
        await feed.PublishForeignCommits();
        statements.ShouldBe(3);
        published.ShouldContain("first");
        await feed.PublishForeignCommits();
        published.ShouldContain("meanwhile");

        // The same without another foreign commit.
        (statements, before) = (0, Math.Min(before, 2));
        published.Clear();
        await feed.PublishForeignCommits();
        await feed.PublishForeignCommits();
        published.ShouldContain("meanwhile");
        await Trace(db, null);
    }

    private static Task Trace(Db db, strdelegate_trace? hook) =>
        db.WriteBookkeeping(write =>
        {
            raw.sqlite3_trace(((PreparedConnection)write.Connection).Handle, hook, null);
            return Task.FromResult(0);
        });
}
