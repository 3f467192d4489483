using System.Security.Cryptography;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// Random bytes for salts and nonces. A call of the system's generator costs as much as a hash, so each thread draws many
/// bytes at once.
/// </summary>
internal static class RandomBytes
{
    private const int DrawnAtOnce = 1_536;

    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _used;

    /// <summary>Fills a buffer of at most 1,536 bytes. No byte is used twice.</summary>
    public static void Fill(Span<byte> target)
    {
        if (_drawn is null || _used + target.Length > DrawnAtOnce)
        {
            _drawn ??= new byte[DrawnAtOnce];
            RandomNumberGenerator.Fill(_drawn);
            _used = 0;
        }
        var bytes = _drawn.AsSpan(_used, target.Length);
        bytes.CopyTo(target);
        bytes.Clear();
        _used += target.Length;
    }
}
