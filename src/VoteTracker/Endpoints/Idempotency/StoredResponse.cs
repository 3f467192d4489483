using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>The response to a request with an `Idempotency-Key`: its status, headers and body.</summary>
internal sealed record StoredResponse
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly string[] StoredHeaders = ["Location", "ETag", "Content-Type", "Cache-Control", "Vary"];

    public required int Status { get; init; }

    public required Dictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>The response that a result creates, executed without a connection; null if it is not a success.</summary>
    public static async Task<StoredResponse?> FromResult(HttpContext http, IResult result)
    {
        using var body = new MemoryStream();
        var detached = new DefaultHttpContext { RequestServices = http.RequestServices, Response = { Body = body } };
        await result.ExecuteAsync(detached);
        await detached.Response.BodyWriter.FlushAsync();
        return FromResponse(
            detached.Response.StatusCode,
            [detached.Response.Headers, http.Response.Headers],
            body.ToArray()
        );
    }

    /// <summary>The response of a request; null if it is not a success.</summary>
    public static StoredResponse? FromResponse(HttpResponse response, byte[] body) =>
        FromResponse(response.StatusCode, [response.Headers], body);

    /// <summary>Finds the response of a key, and the fingerprint of its request; null if none is stored.</summary>
    public static async Task<(string Fingerprint, StoredResponse Response)?> Find(
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
            new { key.Hash, since = now - Lifetime }
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

    /// <summary>Stores the response. False if another request with the same key has stored one in the meantime.</summary>
    public async Task<bool> Insert(Write write, IdempotencyKey key, string fingerprint)
    {
        await write.Connection.ExecuteAsync(
            "DELETE FROM kept_answer WHERE kept_at <= @since",
            new { since = write.Now - Lifetime }
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
    /// <remarks>A response of an early release was stored without its contact, and some show several contacts.</remarks>
    public static Task DeleteOfContact(Write write, string contact) =>
        write.Connection.ExecuteAsync(
            "DELETE FROM kept_answer WHERE contact = @contact OR contact = @AnyContact",
            new { contact, Write.AnyContact }
        );

    /// <summary>Names a comment, for <see cref="Write.Contact"/>. No contact has such an id.</summary>
    public static string NameComment(long id) => string.Create(CultureInfo.InvariantCulture, $"comment {id}");

    /// <summary>Deletes the stored response that shows a comment; part of its deletion.</summary>
    public static Task DeleteOfComment(Write write, long id) =>
        write.Connection.ExecuteAsync("DELETE FROM kept_answer WHERE contact = @name", new { name = NameComment(id) });

    /// <summary>Deletes the expired responses. It only reads if there are none.</summary>
    public static async Task DeleteExpired(Db db, DateTimeOffset now)
    {
        var since = now - Lifetime;
        var oldest = await db.Read(connection =>
            connection.QueryAsync<string>(
                "SELECT key_hash FROM kept_answer WHERE kept_at <= @since LIMIT 1",
                new { since }
            )
        );
        if (oldest.Any())
        {
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync("DELETE FROM kept_answer WHERE kept_at <= @since", new { since })
            );
        }
    }

    /// <summary>Sends the response again, marked as a repetition.</summary>
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
                Headers = StoredHeaders
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
