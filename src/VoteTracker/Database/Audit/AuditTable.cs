using System.Data.Common;

namespace VoteTracker.Database.Audit;

/// <summary>The statements that append to the chain. A write appends one entry, so they bind their values without Dapper.</summary>
internal static class AuditTable
{
    /// <summary>Reads the end of the chain.</summary>
    public const string SelectHead = "SELECT last_seq, last_hash FROM audit_chain";

    /// <summary>Inserts an entry.</summary>
    public const string Insert = """
        INSERT INTO audit_entry (
            seq, at, action, operation, author, author_salt, target, target_salt, address, address_salt, count, hash
        )
        VALUES (
            @seq, @at, @action, @operation, @author, @author_salt, @target, @target_salt, @address, @address_salt, @count,
            @hash
        )
        """;

    /// <summary>Moves the end of the chain. The first entry creates its row.</summary>
    public const string SaveHead = """
        INSERT INTO audit_chain (id, first_seq, first_hash, last_seq, last_hash)
        VALUES (1, 1, @zero, @seq, @hash)
        ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, last_hash = excluded.last_hash
        """;

    /// <summary>Appends entries, statement by statement. The database is local, so there are no round trips.</summary>
    public static void Append(DbConnection connection, IReadOnlyList<AuditEntry> entries)
    {
        var head = connection.FindDirect<AuditHead?>(
            SelectHead,
            static row => new AuditHead(row.GetInt64(0), row.GetString(1))
        );
        var rows = AuditRow.Link(head ?? AuditHead.OfNewDatabase, entries);
        foreach (var row in rows)
        {
            connection.ExecuteDirect(
                Insert,
                new("seq", row.Seq),
                new("at", row.At),
                new("action", row.Action),
                new("operation", row.Operation),
                new("author", row.Author),
                new("author_salt", row.AuthorSalt),
                new("target", row.Target),
                new("target_salt", row.TargetSalt),
                new("address", row.Address),
                new("address_salt", row.AddressSalt),
                new("count", row.Count),
                new("hash", row.Hash)
            );
        }
        connection.ExecuteDirect(
            SaveHead,
            new("zero", AuditHash.Zero),
            new("seq", rows[^1].Seq),
            new("hash", rows[^1].Hash)
        );
    }
}
