using System.Globalization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Live;

namespace VoteTracker.Features.Record;

/// <summary>
/// Loads the reference data in `data/` at the start: members, groups, sessions, and recorded votes. Newer data replace older
/// ones. A resolution that a user wrote is never changed.
/// </summary>
internal sealed class LoadRecord(
    Db db,
    ReferenceData referenceData,
    FactFiles files,
    LoadLists lists,
    LoadRecordedResolutions resolutions,
    ILogger<LoadRecord> log
)
{
    public async Task Handle()
    {
        var hash = files.Hash();
        var loaded = await db.Read(async connection =>
            await connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = 'sha256'")
        );
        if (loaded != hash)
        {
            AuditScope.Begin(new ServiceScope(AuditEntry.Service, "load reference data"));
            await db.Write(write => Load(write, hash));
        }
        await db.Read(async connection =>
        {
            await referenceData.Load(connection);
            return true;
        });
    }

    private async Task<bool> Load(Write write, string hash)
    {
        var newest = files
            .Rows("facts.csv", csv => (csv.Text("key")!, Value: csv.Text("value")!))
            .ToDictionary(f => f.Item1, f => f.Value);
        var known = await write.Connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = 'version'");
        if (known is not null && Number(known) > Number(newest["version"]))
        {
            log.LogWarning(
                "The database has newer reference data (version {Known}) than this program; they are not changed.",
                known
            );
            write.SkipAudit();
            return false;
        }
        await lists.Handle(write);
        await resolutions.Handle(write);
        foreach (var (name, value) in newest.Append(KeyValuePair.Create("sha256", hash)))
        {
            await write.Connection.ExecuteAsync(
                "INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                new { name, value }
            );
        }
        return true;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
