using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Lists;

/// <summary>A page of a list; the next one is in the header `Link: …; rel="next"` (RFC 8288).</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>
{
    /// <summary>The items, in a stable order.</summary>
    public required IReadOnlyList<T> Items { get; init; }
}

/// <summary>
/// Makes and reads cursors: the place in a list where the next page begins, encrypted with a secret of the database
/// (AES-GCM), so that one that was tampered with, or that belongs to another list, is told from one of ours, and that
/// none tells how much there is that its reader may not see. A cursor belongs to one incarnation of the database: in
/// another one, what is before that place can be different.
/// </summary>
internal sealed class Cursors(Db db)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // No place has this character.
    private const char Separator = '\n';
    private byte[]? _secret;

    /// <summary>Reads the secret, or makes it in a new database; at the start, so that no list has to write.</summary>
    public async Task Start() => _secret = await Secret(db);

    /// <summary>The incarnation that the database has now.</summary>
    public long Incarnation => db.Incarnation.Number;

    public string Seal(string list, string place, long incarnation)
    {
        // Cursors of the first incarnation are those of earlier releases.
        var text = Encoding.UTF8.GetBytes(
            incarnation == 1 ? place : string.Create(CultureInfo.InvariantCulture, $"{place}{Separator}{incarnation}")
        );
        var cursor = new byte[NonceBytes + text.Length + TagBytes];
        var nonce = cursor.AsSpan(0, NonceBytes);
        // Made from the place itself, so that the same place has the same cursor and another place another nonce.
        byte[] message = [.. Encoding.UTF8.GetBytes(list), 0, .. text];
        HMACSHA256.HashData(SecretKey, message).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(SecretKey, TagBytes);
        aes.Encrypt(
            nonce,
            text,
            cursor.AsSpan(NonceBytes, text.Length),
            cursor.AsSpan(NonceBytes + text.Length),
            Encoding.UTF8.GetBytes(list)
        );
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The place and its incarnation, or null where the cursor is not one of this list.</summary>
    public (string Place, long Incarnation)? Open(string list, string cursor)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length < NonceBytes + TagBytes)
            {
                return null;
            }
            var text = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(SecretKey, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes),
                bytes.AsSpan(NonceBytes, text.Length),
                bytes.AsSpan(NonceBytes + text.Length),
                text,
                Encoding.UTF8.GetBytes(list)
            );
            return Encoding.UTF8.GetString(text).Split(Separator) is [var place, var incarnation]
                ? (place, long.Parse(incarnation, CultureInfo.InvariantCulture))
                : (Encoding.UTF8.GetString(text), 1);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private byte[] SecretKey =>
        _secret ?? throw new InvalidOperationException("The secret is read before the first request.");

    private static Task<byte[]> Secret(Db db) =>
        db.Write(async write =>
        {
            await write.Connection.ExecuteAsync(
                "INSERT INTO secret (name, value) VALUES ('cursor', @value) ON CONFLICT (name) DO NOTHING",
                new { value = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) }
            );
            var value = await write.Connection.ExecuteScalarAsync<string>(
                "SELECT value FROM secret WHERE name = 'cursor'"
            );
            return Convert.FromHexString(value!);
        });
}

/// <summary>What part of a list is asked for: `?limit=` and `?cursor=`.</summary>
internal sealed record Paging(string List, int Limit, string? After, long Incarnation)
{
    /// <summary>The number of items of a page.</summary>
    public static readonly NumberParameter LimitParameter = new(
        "limit",
        "How many items a page has: 200 by default, 1,000 at most.",
        Minimum: 1,
        Maximum: 1_000,
        Default: 200
    );

    /// <summary>The place where a page begins.</summary>
    public static readonly TextParameter CursorParameter = new(
        "cursor",
        "Where the page begins, from the Link header of the one before."
    );

    /// <summary>One row more than the page, to see whether there is a next one.</summary>
    public int Rows => Limit + 1;

    /// <summary>The place after which the page begins, as a number; 0 at the start.</summary>
    public long AfterNumber => After is null ? 0 : long.Parse(After, CultureInfo.InvariantCulture);

    /// <summary>The place after which the page begins, as a moment; null at the start.</summary>
    public DateTimeOffset? AfterMoment => Moments.TryParse(After, out var moment) ? moment : null;

    /// <summary>Reads the parameters; adds to the query what is wrong with them.</summary>
    public static Paging FromQuery(HttpContext http, Query query, string list, TextParameter? cursorParameter = null)
    {
        cursorParameter ??= CursorParameter;
        var limit = query.Read(LimitParameter);
        string? after = null;
        var cursors = http.RequestServices.GetRequiredService<Cursors>();
        var incarnation = cursors.Incarnation;
        if (query.Read(cursorParameter) is { } cursor)
        {
            if (cursors.Open(list, cursor) is not var (place, of))
            {
                query.Wrong(cursorParameter, "must be a cursor that this list answered, unchanged");
            }
            else if (of != incarnation)
            {
                throw new ProblemException(Problems.CursorGone(Address(http, cursorParameter.Name, null)));
            }
            else
            {
                after = place;
            }
        }
        return new Paging(list, limit, after, incarnation);
    }

    /// <summary>The page of these rows, its Link to the next one set.</summary>
    public Page<T> Page<TRow, T>(HttpContext http, IEnumerable<TRow> rows, Func<TRow, T> item, Func<TRow, string> place)
    {
        var found = rows.ToList();
        if (found.Count > Limit)
        {
            found.RemoveRange(Limit, found.Count - Limit);
            LinkNext(http, "cursor", place(found[^1]));
        }
        return new Page<T> { Items = [.. found.Select(item)] };
    }

    /// <summary>Sets the Link to the page after this place.</summary>
    public void LinkNext(HttpContext http, string cursorName, string place)
    {
        var cursor = http.RequestServices.GetRequiredService<Cursors>().Seal(List, place, Incarnation);
        http.Response.Headers.Link = $"<{Address(http, cursorName, cursor)}>; rel=\"next\"";
    }

    /// <summary>The page of an incarnation as it was read; a <see cref="ProblemException"/> if the cursor belongs to another one.</summary>
    public Paging In(long incarnation, HttpContext http, string cursorName) =>
        incarnation == Incarnation || After is null
            ? this with
            {
                Incarnation = incarnation,
            }
            : throw new ProblemException(Problems.CursorGone(Address(http, cursorName, null)));

    // The address of this request, with another cursor or from the start.
    private static string Address(HttpContext http, string cursorName, string? cursor)
    {
        var query = http
            .Request.Query.Where(p => !p.Key.Equals(cursorName, StringComparison.OrdinalIgnoreCase))
            .SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value));
        return QueryHelpers.AddQueryString(
            http.Request.Path,
            cursor is null ? query : query.Append(KeyValuePair.Create(cursorName, (string?)cursor))
        );
    }
}
