using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Contacts;

namespace VoteTracker.Features.PersonalData;

/// <summary>A text of an earlier version that contains the whole name or the e-mail address of a person.</summary>
internal sealed record EarlierText
{
    public required HistoryTable Table { get; init; }

    /// <summary>The column of the text.</summary>
    public required string Column { get; init; }

    /// <summary>The values of the primary key of its row.</summary>
    public required IReadOnlyList<object> Key { get; init; }
}

/// <summary>A table with the versions of a resource, whose texts can be erased.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns of its primary key.</param>
/// <param name="Columns">The columns with texts.</param>
/// <param name="Always">The columns that only the history shows, so that they are erased of the current version too.</param>
/// <param name="Current">A condition: the row is the current version of its resource.</param>
internal sealed record HistoryTable(
    string Name,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Always,
    string Current
)
{
    /// <summary>The columns that cannot be null. An erased text is empty there.</summary>
    public IReadOnlyList<string> NotNull { get; init; } = [];

    /// <summary>Every such table. The history of an engagement or a task is deleted with it.</summary>
    public static readonly IReadOnlyList<HistoryTable> All =
    [
        new(
            "stance_change",
            ["resolution", "version", "member_state"],
            ["note", "evidence_url"],
            ["reason"],
            "SELECT 1 FROM stance c WHERE c.resolution = h.resolution AND c.member_state = h.member_state AND c.version = h.version"
        ),
        new(
            "co_sponsor_change",
            ["resolution", "member_state", "version"],
            ["note"],
            [],
            "SELECT 1 FROM co_sponsor c WHERE c.resolution = h.resolution AND c.member_state = h.member_state AND c.version = h.version"
        ),
        new(
            "milestone_change",
            ["milestone", "version"],
            ["what", "place", "note"],
            [],
            "SELECT 1 FROM milestone c WHERE c.id = h.milestone AND c.version = h.version AND c.deleted_at IS NULL"
        )
        {
            NotNull = ["what"],
        },
        new(
            "session_request_change",
            ["session", "member_state", "version"],
            ["document", "note"],
            [],
            "SELECT 1 FROM session_request c WHERE c.session = h.session AND c.member_state = h.member_state AND c.version = h.version"
        ),
        new(
            "ineligibility",
            ["id"],
            ["note"],
            [],
            "SELECT 1 FROM ineligibility c WHERE c.id = h.id AND c.ended_at IS NULL"
        ),
    ];
}

/// <summary>
/// Lists and erases texts of earlier versions. A user can correct the current version of a text, but not its history: without
/// this, the name of an erased person would stay there.
/// </summary>
internal static class EarlierTexts
{
    /// <summary>Lists the texts that name a person. It decrypts the whole history, so it is never part of a write.</summary>
    public static async Task<IReadOnlyList<EarlierText>> List(DbConnection connection, Contact contact)
    {
        var person = new PersonText(contact);
        var found = new List<EarlierText>();
        foreach (var table in HistoryTable.All)
        {
            string[] columns = [.. table.Columns, .. table.Always];
            var rows = await EncryptedRows.Query(
                connection,
                $"""
                SELECT
                    CAST(CASE WHEN EXISTS ({table.Current}) THEN 1 ELSE 0 END AS INTEGER),
                    {string.Join(", ", columns.Select(column => $"h.{column}"))},
                    {string.Join(", ", table.Key.Select(column => $"h.{column}"))}
                FROM {table.Name} h
                WHERE {string.Join(" OR ", columns.Select(column => $"h.{column} IS NOT NULL"))}
                """,
                new { },
                (row, texts) => Read(row, texts, table, columns, person)
            );
            found.AddRange(rows.SelectMany(texts => texts));
        }
        return found;
    }

    /// <summary>Erases the texts in the transaction of the write.</summary>
    public static async Task Erase(Write write, IReadOnlyList<EarlierText> texts)
    {
        foreach (var text in texts)
        {
            var key = new DynamicParameters();
            foreach (var (column, value) in text.Table.Key.Zip(text.Key))
            {
                key.Add(column, value);
            }
            var erased = text.Table.NotNull.Contains(text.Column, StringComparer.Ordinal) ? "''" : "NULL";
            await write.Connection.ExecuteAsync(
                $"UPDATE {text.Table.Name} SET {text.Column} = {erased} WHERE {string.Join(" AND ", text.Table.Key.Select(column => $"{column} = @{column}"))}",
                key
            );
        }
    }

    private static List<EarlierText> Read(
        DbDataReader row,
        PersonalTexts texts,
        HistoryTable table,
        string[] columns,
        PersonText person
    )
    {
        var isCurrent = row.GetInt64(0) == 1;
        var found = new List<EarlierText>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (
                row.IsDBNull(1 + i)
                || (isCurrent && !table.Always.Contains(columns[i], StringComparer.Ordinal))
                || !person.IsNamedIn(texts.Decrypt(row.GetString(1 + i)))
            )
            {
                continue;
            }
            found.Add(
                new EarlierText
                {
                    Table = table,
                    Column = columns[i],
                    Key = [.. table.Key.Select((_, k) => row.GetValue(1 + columns.Length + k))],
                }
            );
        }
        return found;
    }
}
