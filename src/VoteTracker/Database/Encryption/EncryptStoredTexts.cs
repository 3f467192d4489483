using System.Data.Common;
using System.Globalization;
using Dapper;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// Encrypts the texts that a release without encryption stored. The table `plain_text` names the tables that may still have
/// such texts. It runs at the start in batches, each a commit, and continues after an interruption.
/// </summary>
internal sealed class EncryptStoredTexts(Db db, ILogger<EncryptStoredTexts> log)
{
    private const int RowsOfBatch = 500;

    /// <summary>Encrypts the remaining texts. It reads one empty table if there are none.</summary>
    public async Task Handle()
    {
        var names = await db.Read(connection => connection.QueryAsync<string>("SELECT table_name FROM plain_text"));
        var tables = EncryptedTable.All.IntersectBy(names, table => table.Name, StringComparer.Ordinal).ToList();
        foreach (var table in tables)
        {
            var rows = await Encrypt(table);
            log.LogInformation("Encrypted the texts of {Rows} rows of the table {Table}.", rows, table.Name);
        }
    }

    private async Task<long> Encrypt(EncryptedTable table)
    {
        var rows = 0L;
        IReadOnlyList<object>? after = null;
        while (true)
        {
            var from = after;
            var batch = await db.WriteBookkeeping(async write =>
            {
                write.OverwriteDeleted();
                write.EraseLog();
                var read = await List(write.Connection, table, from);
                foreach (var row in read)
                {
                    await Update(write.Connection, table, row);
                }
                if (read.Count < RowsOfBatch)
                {
                    await write.Connection.ExecuteAsync(
                        "DELETE FROM plain_text WHERE table_name = @Name",
                        new { table.Name }
                    );
                }
                return read;
            });
            rows += batch.Count;
            if (batch.Count < RowsOfBatch)
            {
                return rows;
            }
            after = [.. batch[^1].Take(table.Key.Count)];
        }
    }

    private static async Task<List<object[]>> List(
        DbConnection connection,
        EncryptedTable table,
        IReadOnlyList<object>? after
    )
    {
        var keys = string.Join(", ", table.Key);
        var values = new DynamicParameters();
        for (var i = 0; i < after?.Count; i++)
        {
            values.Add(KeyName(i), after[i]);
        }
        values.Add("limit", RowsOfBatch);
        var begin = after is null
            ? ""
            : $"WHERE ({keys}) > ({string.Join(", ", table.Key.Select((_, i) => "@" + KeyName(i)))})";
        await using var reader = await connection.ExecuteReaderAsync(
            $"SELECT {keys}, {string.Join(", ", table.Columns)} FROM {table.Name} {begin} ORDER BY {keys} LIMIT @limit",
            values
        );
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static async Task Update(DbConnection connection, EncryptedTable table, object[] row)
    {
        var values = new DynamicParameters();
        var set = new List<string>();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (row[table.Key.Count + i] is string text && !PersonalTexts.IsEncrypted(text))
            {
                values.Add(table.Columns[i], PersonalTexts.Of(connection).Encrypt(text));
                set.Add($"{table.Columns[i]} = @{table.Columns[i]}");
            }
        }
        if (set.Count == 0)
        {
            return;
        }
        for (var i = 0; i < table.Key.Count; i++)
        {
            values.Add(KeyName(i), row[i]);
        }
        await connection.ExecuteAsync(
            $"UPDATE {table.Name} SET {string.Join(", ", set)} WHERE {string.Join(" AND ", table.Key.Select((key, i) => $"{key} = @{KeyName(i)}"))}",
            values
        );
    }

    private static string KeyName(int i) => string.Create(CultureInfo.InvariantCulture, $"key{i}");
}
