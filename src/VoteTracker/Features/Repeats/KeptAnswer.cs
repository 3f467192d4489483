using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Features.Repeats;

/// <summary>The answer to a request that may be repeated: status, headers and body as they were.</summary>
internal sealed record KeptAnswer
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly string[] HeadersKept = ["Location", "ETag", "Content-Type", "Cache-Control", "Vary"];

    public required int Status { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>What a result will answer, found by having it answer beside the connection; null where it is no success.</summary>
    public static async Task<KeptAnswer?> Of(HttpContext http, IResult result)
    {
        using var body = new MemoryStream();
        var aside = new DefaultHttpContext { RequestServices = http.RequestServices, Response = { Body = body } };
        await result.ExecuteAsync(aside);
        await aside.Response.BodyWriter.FlushAsync();
        return Of(aside.Response.StatusCode, [aside.Response.Headers, http.Response.Headers], body.ToArray());
    }

    /// <summary>The same of one that was answered.</summary>
    public static KeptAnswer? Of(HttpResponse response, byte[] body) =>
        Of(response.StatusCode, [response.Headers], body);

    /// <summary>What was answered to a request, with the fingerprint of what it asked for; null where nothing is kept.</summary>
    public static async Task<(string Fingerprint, KeptAnswer Answer)?> Find(
        DbConnection connection,
        RepeatKey key,
        DateTimeOffset now
    )
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT fingerprint, answer
            FROM kept_answer
            WHERE key_hash = @Hash AND kept_at > @since
            """,
            new { key.Hash, since = now - Kept }
        );
        return row is null
            ? null
            : (row.Fingerprint, JsonSerializer.Deserialize<KeptAnswer>(key.Open(row.Answer), Http.Json.Options)!);
    }

    /// <summary>Keeps it; false where another request with the same key was answered meanwhile.</summary>
    public async Task<bool> Keep(Write write, RepeatKey key, string fingerprint)
    {
        await write.Connection.ExecuteAsync(
            "DELETE FROM kept_answer WHERE kept_at <= @since",
            new { since = write.Now - Kept }
        );
        return await write.Connection.ExecuteAsync(
                """
                INSERT INTO kept_answer (key_hash, fingerprint, answer, kept_at)
                VALUES (@Hash, @fingerprint, @answer, @Now)
                ON CONFLICT (key_hash) DO NOTHING
                """,
                new
                {
                    key.Hash,
                    fingerprint,
                    answer = key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, Http.Json.Options)),
                    write.Now,
                }
            ) == 1;
    }

    /// <summary>Answers it again, and says so.</summary>
    public async Task Send(HttpContext http)
    {
        http.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            http.Response.Headers[name] = value;
        }
        http.Response.Headers["Idempotency-Replayed"] = "true";
        http.Response.ContentLength = Body.Length;
        await http.Response.BodyWriter.WriteAsync(Body, http.RequestAborted);
    }

    private static KeptAnswer? Of(int status, IHeaderDictionary[] from, byte[] body) =>
        status is < 200 or >= 300
            ? null
            : new KeptAnswer
            {
                Status = status,
                Headers = HeadersKept
                    .Select(name =>
                        (name, value: from.Select(h => h[name].ToString()).FirstOrDefault(v => v.Length > 0))
                    )
                    .Where(header => header.value is not null)
                    .ToDictionary(header => header.name, header => header.value!, StringComparer.Ordinal),
                Body = body,
            };

    private sealed record Row
    {
        public string Fingerprint { get; init; } = "";
        public string Answer { get; init; } = "";
    }
}

/// <summary>
/// An idempotency key together with the API key that it came with. The database has a hash of both and can read nothing
/// that is kept under it.
/// </summary>
internal sealed class RepeatKey
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _secret;

    public RepeatKey(string apiKey, string idempotencyKey)
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
