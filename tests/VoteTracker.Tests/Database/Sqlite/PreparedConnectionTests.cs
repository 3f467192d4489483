using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Sqlite;

public sealed class PreparedConnectionTests
{
    [Test]
    public async Task Who_opens_a_file_that_another_is_closing_waits_for_it()
    {
        using var folder = new Folder();
        var file = $"Data Source={folder}/votetracker.db;Pooling=False";
        using var closing = new SqliteConnection(file);
        await closing.OpenAsync();
        // Alone with the file, as a process is at its end, while it folds its log.
        await closing.ExecuteAsync(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t (c TEXT);"
        );
        var opening = Task.Run(() =>
        {
            using var connection = new PreparedConnection(new SqliteConnection(file));
            connection.Open();
            return connection.ExecuteScalar<string>("PRAGMA journal_mode = WAL");
        });
        await Task.WhenAny(opening, Task.Delay(300));
        await closing.CloseAsync();
        (await opening).ShouldBe("wal");
    }
}
