using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Database.Sqlite;

public sealed class PreparedConnectionTests
{
    [Test]
    public async Task Opening_a_file_waits_until_another_process_has_closed_it()
    {
        using var folder = new Folder();
        var file = $"Data Source={folder}/votetracker.db;Pooling=False";
        using var closing = new SqliteConnection(file);
        await closing.OpenAsync();
        // An exclusive lock, as a process has at its end during the checkpoint.
        await closing.ExecuteAsync(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t (c TEXT);"
        );
        var opening = Task.Run(() =>
        {
            using var connection = new PreparedConnection(new SqliteConnection(file), new PersonalTexts());
            connection.Open();
            return connection.ExecuteScalar<string>("PRAGMA journal_mode = WAL");
        });
        await Task.WhenAny(opening, Task.Delay(300));
        await closing.CloseAsync();
        (await opening).ShouldBe("wal");
    }
}
