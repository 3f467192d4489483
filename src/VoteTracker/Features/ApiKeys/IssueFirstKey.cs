using System.Data.Common;
using System.Text;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>
/// Creates the first admin key of a new database and prints it once to the terminal, never to a log. With `FirstKeyFile`,
/// the key is written to that file or read from it instead. With an admin key in the settings, no first key is created. The
/// first key does not expire: a new one needs it, or the command line.
/// </summary>
internal sealed class IssueFirstKey(Db db, Settings settings)
{
    private const string Setting = nameof(Settings.FirstKeyFile);

    public async Task Handle(TextWriter terminal)
    {
        if (settings.AdminKey is not null || await db.Read(CountKeys) > 0)
        {
            return;
        }
        if (string.IsNullOrEmpty(settings.FirstKeyFile))
        {
            if (await Issue(key: null) is { } issued)
            {
                await terminal.WriteLineAsync($"The first admin key, shown this once: {issued.Key}");
                await terminal.FlushAsync();
            }
        }
        else if (File.Exists(settings.FirstKeyFile))
        {
            await Issue(KeyFile.Load(Setting, settings.FirstKeyFile));
        }
        else
        {
            await IssueTo(settings.FirstKeyFile);
        }
    }

    // The file comes first: a key that nobody can read would lock out every user.
    private async Task IssueTo(string path)
    {
        var issued = false;
        var key = ApiKey.New();
        var file = KeyFile.Create(Setting, path);
        try
        {
            await using (file)
            {
                await file.WriteAsync(Encoding.ASCII.GetBytes(key + "\n"));
                file.Flush(flushToDisk: true);
            }
            issued = await Issue(key) is not null;
        }
        finally
        {
            // Another replica created the first key, or creating it failed.
            if (!issued)
            {
                File.Delete(path);
            }
        }
    }

    private Task<NewApiKey?> Issue(string? key) =>
        db.Write(async write =>
            await CountKeys(write.Connection) == 0
                ? await IssuedKey.Issue(
                    write,
                    new NewKey(KeyRole.Admin, "first admin") { Key = key },
                    by: "VoteTracker"
                )
                : null
        );

    private static Task<long> CountKeys(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM api_key");
}
