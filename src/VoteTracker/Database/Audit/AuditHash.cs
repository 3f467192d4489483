using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Database.Audit;

/// <summary>
/// The hash of an entry. It covers the hash of the entry before, so an entry cannot be changed, removed or moved unnoticed.
/// src/operations/audit.md has the same algorithm in words.
/// </summary>
internal static class AuditHash
{
    /// <summary>The hash before the first entry of a database.</summary>
    public static readonly string Zero = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>Strict: two different texts never have the same bytes.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int FixedBytes = HashBytes + 3 * sizeof(long) + 2 * sizeof(int) + 3 * HashBytes;

    /// <summary>The hash of an entry as lower-case hexadecimal digits; null if the entry is malformed.</summary>
    public static string? Compute(string before, AuditRow row)
    {
        var action = Utf8.GetByteCount(row.Action);
        var operation = Utf8.GetByteCount(row.Operation);
        var length = FixedBytes + action + operation;
        var bytes = length <= 512 ? stackalloc byte[512] : new byte[length];
        bytes = bytes[..length];
        if (
            before.Length != HashBytes * 2
            || Convert.FromHexString(before, bytes, out _, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return null;
        }
        var at = HashBytes;
        Number(bytes, ref at, row.Seq);
        Number(bytes, ref at, (row.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Number(bytes, ref at, row.Count);
        Word(bytes, ref at, row.Action, action);
        Word(bytes, ref at, row.Operation, operation);
        foreach (var text in (ReadOnlySpan<AuditText>)[row.AuthorText, row.TargetText, row.AddressText])
        {
            if (!text.WriteDigest(bytes.Slice(at, HashBytes)))
            {
                return null;
            }
            at += HashBytes;
        }
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void Number(Span<byte> bytes, ref int at, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes[at..], number);
        at += sizeof(long);
    }

    private static void Word(Span<byte> bytes, ref int at, string word, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes[at..], length);
        Utf8.GetBytes(word, bytes[(at + sizeof(int))..]);
        at += sizeof(int) + length;
    }
}
