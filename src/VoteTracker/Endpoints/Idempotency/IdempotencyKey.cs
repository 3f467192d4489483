using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// An idempotency key together with the API key, or the session, of its request. The database stores a hash of both. Without the two keys,
/// a stored response cannot be decrypted.
/// </summary>
internal sealed class IdempotencyKey
{
    private readonly byte[] _secret;

    public IdempotencyKey(string apiKey, string idempotencyKey)
    {
        var both = Encoding.UTF8.GetBytes($"{apiKey}\n{idempotencyKey}");
        // The two labels are part of the stored data, so they must not change.
        _secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, both, 32, info: "kept answer"u8.ToArray());
        Hash = Convert.ToHexStringLower(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, both, 32, info: "name of a kept answer"u8.ToArray())
        );
    }

    /// <summary>The hash under which a response is stored.</summary>
    public string Hash { get; }

    /// <summary>A hash of the address and the body of a request, to compare it with the first one.</summary>
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

    /// <summary>Encrypts a response.</summary>
    public string Seal(byte[] response) =>
        Convert.ToBase64String(
            SealedBytes.Seal(_secret, RandomNumberGenerator.GetBytes(SealedBytes.NonceLength), response)
        );

    /// <summary>Decrypts a response.</summary>
    public byte[] Open(string sealedResponse) => SealedBytes.Open(_secret, Convert.FromBase64String(sealedResponse));
}
