using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Audit;

/// <summary>
/// Erases a text from the audit: an author, an address, or an id in a target. The entries stay, and so does the chain: the
/// digest of a text replaces it and its salt.
/// </summary>
internal static class AuditErasure
{
    private const int MostAtOnce = 500;

    /// <summary>Erases a text everywhere. Returns the number of entries that had it.</summary>
    public static async Task<long> Erase(Db db, string text)
    {
        var erased = 0L;
        foreach (var chunk in (await db.Read(connection => FindEntries(connection, text))).Chunk(MostAtOnce))
        {
            erased += await db.Write(write => Erase(write, chunk, text));
        }
        return erased;
    }

    /// <summary>Finds the entries with a text. It reads the whole table.</summary>
    public static async Task<IReadOnlyList<long>> FindEntries(DbConnection connection, string text)
    {
        var rows = await connection.QueryAsync<AuditRow>(
            $"""
            SELECT {AuditRow.Columns}
            FROM audit_entry
            WHERE author = @text OR address = @text OR target LIKE @pattern ESCAPE '\'
            ORDER BY seq
            """,
            new { text, pattern = $"%{Pattern(Uri.EscapeDataString(text))}%" }
        );
        return [.. rows.Where(row => IsIn(row, text)).Select(row => row.Seq)];
    }

    /// <summary>Erases a text from entries, in a write that can erase other data too. Returns how many entries had it.</summary>
    public static async Task<long> Erase(Write write, IReadOnlyList<long> entries, string text)
    {
        write.OverwriteDeleted();
        var erased = 0L;
        foreach (var seq in entries)
        {
            if (await AuditStore.Find(write.Connection, seq) is { } row && IsIn(row, text))
            {
                await Update(
                    write,
                    seq,
                    row.Author == text ? row.AuthorText.Erase() : row.AuthorText,
                    IsInTarget(row.Target, text) ? row.TargetText.Erase() : row.TargetText,
                    row.Address == text ? row.AddressText.Erase() : row.AddressText
                );
                erased++;
            }
        }
        if (erased == 0)
        {
            write.SkipAudit();
            return 0;
        }
        write.EraseLog();
        write.SetAudit(EnumWord<AuditAction>.ToWord(AuditAction.Erasure), null, erased);
        return erased;
    }

    private static Task<int> Update(Write write, long seq, AuditText author, AuditText target, AuditText address) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE audit_entry
            SET author = @author, author_salt = @authorSalt, author_digest = @authorDigest,
                target = @target, target_salt = @targetSalt, target_digest = @targetDigest,
                address = @address, address_salt = @addressSalt, address_digest = @addressDigest
            WHERE seq = @seq
            """,
            new
            {
                seq,
                author = author.Text,
                authorSalt = author.Salt,
                authorDigest = author.Digest,
                target = target.Text,
                targetSalt = target.Salt,
                targetDigest = target.Digest,
                address = address.Text,
                addressSalt = address.Salt,
                addressDigest = address.Digest,
            }
        );

    private static bool IsIn(AuditRow row, string text) =>
        row.Author == text || row.Address == text || IsInTarget(row.Target, text);

    // A target is as a query string: name=value&name=value.
    private static bool IsInTarget(string? target, string text) =>
        target is not null
        && target
            .Split('&')
            .Any(part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..] == Uri.EscapeDataString(text));

    private static string Pattern(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
