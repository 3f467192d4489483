using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Features.ApiKeys;

/// <summary>
/// Makes the first admin key of a new database and prints it once to the terminal, never to a log. Where the settings
/// name an admin key, that one is enough.
/// </summary>
internal sealed class IssueFirstKey(Db db, Settings settings)
{
    public async Task Handle(TextWriter terminal)
    {
        if (settings.AdminKey is not null)
        {
            return;
        }
        var issued = await db.Write(async write =>
            await write.Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM api_key") == 0
                ? await IssuedKey.Issue(write, KeyRole.Admin, "first admin", expiresAt: null, by: "VoteTracker")
                : null
        );
        if (issued is not null)
        {
            await terminal.WriteLineAsync($"The first admin key, shown this once: {issued.Key}");
            await terminal.FlushAsync();
        }
    }
}
