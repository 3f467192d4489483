using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Tests.Process;

/// <summary>Decrypts texts that were read directly from a database, with the keys of that database.</summary>
internal static class DecryptedTexts
{
    /// <summary>The texts in the same order; those that are not encrypted as they are.</summary>
    public static IReadOnlyList<string?> Decrypt(string connectionString, IReadOnlyList<string?> stored)
    {
        if (!stored.Any(text => text is not null && PersonalTexts.IsEncrypted(text)))
        {
            return stored;
        }
        using var db = new Db(
            new Settings { Database = connectionString },
            TimeProvider.System,
            NullLogger<Db>.Instance
        );
        return db.Read(connection =>
            {
                var texts = PersonalTexts.Of(connection);
                return Task.FromResult<IReadOnlyList<string?>>([.. stored.Select(texts.Decrypt)]);
            })
            .GetAwaiter()
            .GetResult();
    }
}
