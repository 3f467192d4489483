using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Record;

/// <summary>
/// Loads the recorded votes of the reference data: resolutions with roll calls, or with announced totals. A resolution that
/// a user wrote or changed is not updated.
/// </summary>
internal sealed class LoadRecordedResolutions(FactFiles files, ILogger<LoadRecordedResolutions> log)
{
    public async Task Handle(Write write)
    {
        var votes = files
            .Rows(
                "roll-calls.csv",
                csv =>
                    (
                        Resolution: csv.Text("resolution")!,
                        Name: new NamedVote(csv.Text("iso3")!, EnumWord<Vote>.Parse(csv.Text("vote")!))
                    )
            )
            .ToLookup(v => v.Resolution, v => v.Name, StringComparer.Ordinal);
        var resolutions = files
            .Rows("resolutions.csv", RecordedResolution.Parse)
            .ConvertAll(r => r with { Names = PackedNames.Pack(votes[r.Id]) });
        var added = new List<RecordedResolution>();
        foreach (var resolution in resolutions)
        {
            if (await StoredRecord.Find(write.Connection, resolution.Id) is not { } stored)
            {
                added.Add(resolution);
            }
            else if (stored.Origin == "record")
            {
                await RecordedVoteWriter.Update(write, Caller.Record, stored, resolution);
            }
            else
            {
                log.LogInformation(
                    "{Resolution} was changed by a user or an import; the reference data do not replace it.",
                    resolution.Id
                );
                await AddVote(write, resolution);
            }
        }
        var versions = await NextVersions.Load(write.Connection);
        await RecordedVoteWriter.Insert(write, added.ConvertAll(r => r with { Version = versions.Of(r.Id) }));
        added.ForEach(r => write.Changes(r.Id));
        // An amendment comes before the resolution it belongs to, so parents are set when all resolutions are there.
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET parent = @Parent WHERE id = @Id AND origin = 'record'",
            resolutions
        );
    }

    // Only if the campaign entered a roll call, and the UN's record has none yet.
    private static async Task AddVote(Write write, RecordedResolution resolution)
    {
        var entered = await write.Connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM roll_call c
            WHERE c.resolution = @Id AND c.source = 'campaign' AND c.removed_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM roll_call l WHERE l.resolution = @Id AND l.source = 'library'
            )
            """,
            new { resolution.Id }
        );
        if (entered > 0 && resolution.HasNames)
        {
            // The symbol remains the user's.
            await RecordedVoteWriter.InsertBesideCampaign(write, Caller.Record, resolution with { Symbol = null });
        }
    }
}
