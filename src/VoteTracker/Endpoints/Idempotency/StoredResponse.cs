using System.Data.Common;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>The answer to a request that may be repeated: status, headers and body as they were.</summary>
internal sealed record StoredResponse
{
    // A response that was stored before the contact was stored with it: it may show any contact.
    private const string AnyContact = "?";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly string[] HeadersKept = ["Location", "ETag", "Content-Type", "Cache-Control", "Vary"];

    public required int Status { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>What a result will answer, found by having it answer beside the connection; null where it is no success.</summary>
    public static async Task<StoredResponse?> FromResponse(HttpContext http, IResult result)
    {
        using var body = new MemoryStream();
        var aside = new DefaultHttpContext { RequestServices = http.RequestServices, Response = { Body = body } };
        await result.ExecuteAsync(aside);
        await aside.Response.BodyWriter.FlushAsync();
        return FromResponse(aside.Response.StatusCode, [aside.Response.Headers, http.Response.Headers], body.ToArray());
    }

    /// <summary>The same of one that was answered.</summary>
    public static StoredResponse? FromResponse(HttpResponse response, byte[] body) =>
        FromResponse(response.StatusCode, [response.Headers], body);

    /// <summary>What was answered to a request, with the fingerprint of what it asked for; null where nothing is kept.</summary>
    public static async Task<(string Fingerprint, StoredResponse Answer)?> Find(
        DbConnection connection,
        IdempotencyKey key,
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
            : (
                row.Fingerprint,
                JsonSerializer.Deserialize<StoredResponse>(
                    key.Open(row.Answer),
                    VoteTracker.Endpoints.Binding.Json.Options
                )!
            );
    }

    /// <summary>Keeps it; false where another request with the same key was answered meanwhile.</summary>
    public async Task<bool> Insert(Write write, IdempotencyKey key, string fingerprint)
    {
        await write.Connection.ExecuteAsync(
            "DELETE FROM kept_answer WHERE kept_at <= @since",
            new { since = write.Now - Kept }
        );
        return await write.Connection.ExecuteAsync(
                """
                INSERT INTO kept_answer (key_hash, fingerprint, answer, kept_at, contact)
                VALUES (@Hash, @fingerprint, @answer, @Now, @Contact)
                ON CONFLICT (key_hash) DO NOTHING
                """,
                new
                {
                    key.Hash,
                    fingerprint,
                    answer = key.Seal(
                        JsonSerializer.SerializeToUtf8Bytes(this, VoteTracker.Endpoints.Binding.Json.Options)
                    ),
                    write.Now,
                    write.Contact,
                }
            ) == 1;
    }

    /// <summary>Deletes the stored responses that show a contact or its engagements; part of its erasure.</summary>
    public static Task DeleteOfContact(Write write, string contact) =>
        write.Connection.ExecuteAsync(
            "DELETE FROM kept_answer WHERE contact = @contact OR contact = @AnyContact",
            new { contact, AnyContact }
        );

    /// <summary>Deletes the stored responses that are too old to be sent again. Without such a response it only reads.</summary>
    public static async Task DeleteExpired(Db db, DateTimeOffset now)
    {
        var since = now - Kept;
        var oldest = await db.Read(connection =>
            connection.QueryAsync<string>(
                "SELECT key_hash FROM kept_answer WHERE kept_at <= @since LIMIT 1",
                new { since }
            )
        );
        if (oldest.Any())
        {
            await db.Write(write =>
                write.Connection.ExecuteAsync("DELETE FROM kept_answer WHERE kept_at <= @since", new { since })
            );
        }
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

    private static StoredResponse? FromResponse(int status, IHeaderDictionary[] from, byte[] body) =>
        status is < 200 or >= 300
            ? null
            : new StoredResponse
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
