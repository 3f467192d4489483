using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// An idempotency key together with the API key that it came with. The database has a hash of both and can read nothing
/// that is kept under it.
/// </summary>
internal sealed class IdempotencyKey
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _secret;

    public IdempotencyKey(string apiKey, string idempotencyKey)
    {
        var both = Encoding.UTF8.GetBytes($"{apiKey}\n{idempotencyKey}");
        _secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, both, 32, info: "kept answer"u8.ToArray());
        Hash = Convert.ToHexStringLower(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, both, 32, info: "name of a kept answer"u8.ToArray())
        );
    }

    /// <summary>What it is found by.</summary>
    public string Hash { get; }

    /// <summary>What tells one request from another: its address and its body.</summary>
    public async Task<string> Fingerprint(HttpRequest request, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{request.Path}{request.QueryString}\n{request.ContentType}\n"
                )
            )
        );
        var buffer = new byte[81_920];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0; )
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public string Seal(byte[] text)
    {
        var sealedText = new byte[NonceBytes + text.Length + TagBytes];
        var nonce = sealedText.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_secret, TagBytes);
        aes.Encrypt(
            nonce,
            text,
            sealedText.AsSpan(NonceBytes, text.Length),
            sealedText.AsSpan(NonceBytes + text.Length)
        );
        return Convert.ToBase64String(sealedText);
    }

    public byte[] Open(string sealedText)
    {
        var bytes = Convert.FromBase64String(sealedText);
        var text = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_secret, TagBytes);
        aes.Decrypt(
            bytes.AsSpan(0, NonceBytes),
            bytes.AsSpan(NonceBytes, text.Length),
            bytes.AsSpan(NonceBytes + text.Length),
            text
        );
        return text;
    }
}
