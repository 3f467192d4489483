using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Audit;

/// <summary>The entries that a list shows; null for all.</summary>
internal sealed record AuditFilter
{
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Author { get; init; }
    public AuditAction? Action { get; init; }
    public string? Address { get; init; }
}

/// <summary>Reads the audit, and deletes its oldest entries.</summary>
internal static class AuditStore
{
    /// <summary>Whether an author has entries.</summary>
    public static async Task<bool> HasAuthor(DbConnection connection, string author) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM (SELECT 1 FROM audit_entry WHERE author = @author LIMIT 1) AS found",
            new { author }
        ) > 0;

    /// <summary>Lists entries, the newest first.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="filter">The entries to list.</param>
    /// <param name="before">The number of the last entry of the page before; null at the start.</param>
    /// <param name="limit">The number of entries.</param>
    public static async Task<IReadOnlyList<LabelledRow>> List(
        DbConnection connection,
        AuditFilter filter,
        long? before,
        int limit
    )
    {
        List<string> conditions = [];
        var (from, end) = await FindRange(connection, filter.From, filter.To);
        Add("seq < @before", before);
        Add("seq >= @from", from);
        Add("seq < @end", end);
        Add("author = @Author", filter.Author);
        Add("action = @action", filter.Action);
        Add("address = @Address", filter.Address);
        var rows = (
            await connection.QueryAsync<AuditRow>(
                $"""
                SELECT {AuditRow.Columns}
                FROM audit_entry
                {(conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}")}
                ORDER BY seq DESC
                LIMIT @limit
                """,
                new
                {
                    before,
                    from,
                    end,
                    filter.Author,
                    action = EnumWord<AuditAction>.ToWord(filter.Action),
                    filter.Address,
                    limit,
                }
            )
        ).ToList();
        var labels = (
            await connection.QueryAsync<KeyName>(
                "SELECT id, label FROM api_key WHERE id IN @ids",
                new { ids = rows.Select(row => row.Author).OfType<string>().Distinct(StringComparer.Ordinal) }
            )
        ).ToDictionary(key => key.Id, key => key.Label, StringComparer.Ordinal);
        return
        [
            .. rows.Select(row => new LabelledRow
            {
                Entry = row,
                Label = row.Author is null ? null : labels.GetValueOrDefault(row.Author),
            }),
        ];

        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    /// <summary>The two ends of the chain; null if there is no entry.</summary>
    public static Task<ChainRow?> FindChain(DbConnection connection) =>
        connection.QuerySingleOrDefaultAsync<ChainRow>(
            "SELECT first_seq, first_hash, last_seq, last_hash FROM audit_chain"
        );

    /// <summary>The moment of the oldest entry, and that of the newest one before another moment; null if there is no entry.</summary>
    public static async Task<Span?> FindSpan(DbConnection connection, DateTimeOffset before)
    {
        if (await FindChain(connection) is not { } chain || FindMoment(connection, chain.FirstSeq) is not { } oldest)
        {
            return null;
        }
        var first = FindFirst(connection, chain, at => at >= before);
        return new Span(oldest, first > chain.FirstSeq ? FindMoment(connection, first - 1) : null);
    }

    /// <summary>Finds an entry; null if there is none with this number.</summary>
    public static Task<AuditRow?> Find(DbConnection connection, long seq) =>
        connection.QuerySingleOrDefaultAsync<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit_entry WHERE seq = @seq",
            new { seq }
        );

    /// <summary>Reads entries in order, one by one.</summary>
    public static IEnumerable<AuditRow> Read(DbConnection connection) =>
        connection.Query<AuditRow>($"SELECT {AuditRow.Columns} FROM audit_entry ORDER BY seq", buffered: false);

    /// <summary>
    /// Finds the first entry to keep: the oldest one since a moment, among the oldest entries. The last entry is always kept.
    /// </summary>
    public static long FindFirstKept(DbConnection connection, ChainRow chain, DateTimeOffset since, long most)
    {
        var end = Math.Min(chain.FirstSeq + most, chain.LastSeq);
        return Math.Min(end, FindFirst(connection, chain, at => at >= since));
    }

    /// <summary>Deletes the entries before one, which becomes the first. Returns the hash before it.</summary>
    public static async Task<string> DeleteBefore(Write write, long first)
    {
        var hash = (await Find(write.Connection, first - 1))!.Hash;
        await write.Connection.ExecuteAsync(
            "UPDATE audit_chain SET first_seq = @first, first_hash = @hash",
            new { first, hash }
        );
        await write.Connection.ExecuteAsync("DELETE FROM audit_entry WHERE seq < @first", new { first });
        return hash;
    }

    private static async Task<(long? From, long? End)> FindRange(
        DbConnection connection,
        DateTimeOffset? from,
        DateTimeOffset? to
    )
    {
        if ((from is null && to is null) || await FindChain(connection) is not { } chain)
        {
            return (null, null);
        }
        return (
            from is null ? null : FindFirst(connection, chain, at => at >= from),
            to is null ? null : FindFirst(connection, chain, at => at > to)
        );
    }

    // Moments never decrease along the chain, so a binary search replaces an index, which would cost each write time. The
    // number after the last entry if there is none.
    private static long FindFirst(DbConnection connection, ChainRow chain, Func<DateTimeOffset, bool> isFound)
    {
        var (low, high) = (chain.FirstSeq, chain.LastSeq + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            // A missing entry was deleted meanwhile, so it was older.
            (low, high) = FindMoment(connection, middle) is { } at && isFound(at) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    private static DateTimeOffset? FindMoment(DbConnection connection, long seq) =>
        connection.FindDirect(
            "SELECT at FROM audit_entry WHERE seq = @seq",
            static row => row.MomentOrNull(0),
            new SqlValue("seq", seq)
        );

    /// <summary>The two ends of the chain.</summary>
    internal sealed record ChainRow
    {
        public long FirstSeq { get; init; }
        public string FirstHash { get; init; } = "";
        public long LastSeq { get; init; }
        public string LastHash { get; init; } = "";
    }

    /// <summary>The moment of the oldest entry, and of the newest one before another moment.</summary>
    internal sealed record Span(DateTimeOffset Oldest, DateTimeOffset? NewestBefore);

    private sealed record KeyName
    {
        public string Id { get; init; } = "";
        public string Label { get; init; } = "";
    }
}
