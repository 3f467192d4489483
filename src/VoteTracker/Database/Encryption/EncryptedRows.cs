using System.Data.Common;
using Dapper;

namespace VoteTracker.Database.Encryption;

/// <summary>Reads rows by the positions of their columns, and decrypts their texts.</summary>
internal static class EncryptedRows
{
    /// <summary>Runs a query and reads each row by the positions of its columns.</summary>
    public static async Task<IReadOnlyList<T>> Query<T>(
        DbConnection connection,
        string sql,
        object values,
        Func<DbDataReader, PersonalTexts, T> read
    )
    {
        var texts = PersonalTexts.Of(connection);
        await using var reader = await connection.ExecuteReaderAsync(sql, values);
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader, texts));
        }
        return rows;
    }
}
