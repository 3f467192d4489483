using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Endpoints.Lists;

/// <summary>
/// Creates and reads cursors. A cursor is the position in a list where the next page begins, encrypted with a secret of the
/// database. A client therefore cannot change it, use it for another list, or see how many hidden rows there are. A cursor
/// belongs to one incarnation of the database, because the rows before that position can differ in another one.
/// </summary>
internal sealed class Cursors(Db db)
{
    // No position contains this character.
    private const char Separator = '\n';
    private byte[]? _secret;

    /// <summary>Reads the secret, or creates it in a new database. At the start, so that no list has to write.</summary>
    public async Task Start() => _secret = await FindOrInsertSecret(db);

    /// <summary>The current incarnation of the database.</summary>
    public long Incarnation => db.Incarnation.Number;

    /// <summary>Creates the cursor of a position.</summary>
    public string Seal(string list, string position, long incarnation)
    {
        // Cursors of the first incarnation have the format of earlier releases.
        var text = Encoding.UTF8.GetBytes(
            incarnation == 1
                ? position
                : string.Create(CultureInfo.InvariantCulture, $"{position}{Separator}{incarnation}")
        );
        var associated = Encoding.UTF8.GetBytes(list);
        // The nonce is derived from the position: the same position has the same cursor, and another one another nonce.
        byte[] message = [.. associated, 0, .. text];
        var nonce = HMACSHA256.HashData(Secret, message).AsSpan(0, SealedBytes.NonceLength);
        return Base64Url.EncodeToString(SealedBytes.Seal(Secret, nonce, text, associated));
    }

    /// <summary>The position and its incarnation; null if the cursor is not one of this list.</summary>
    public (string Position, long Incarnation)? Open(string list, string cursor)
    {
        try
        {
            var bytes = SealedBytes.Open(Secret, Base64Url.DecodeFromChars(cursor), Encoding.UTF8.GetBytes(list));
            var text = Encoding.UTF8.GetString(bytes);
            return text.Split(Separator) is [var position, var incarnation]
                ? (position, long.Parse(incarnation, CultureInfo.InvariantCulture))
                : (text, 1);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private byte[] Secret =>
        _secret ?? throw new InvalidOperationException("The secret is read before the first request.");

    private static Task<byte[]> FindOrInsertSecret(Db db) =>
        db.WriteBookkeeping(async write =>
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
