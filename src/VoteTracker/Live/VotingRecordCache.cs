using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>
/// The roll calls of whole texts as forecasts read them, kept until another is recorded or removed: amendments, parts and
/// motions are left out, for a yes to them may be a no to the text. The record has the Library's alone; those that the
/// campaign entered are added on request.
/// </summary>
internal sealed class VotingRecordCache(ReferenceData facts)
{
    private volatile CachedRecord? _library;
    private volatile CachedRecord? _all;

    /// <summary>The roll calls that count now.</summary>
    public async Task<VotingRecord> Load(DbConnection connection, bool withCampaign = false) =>
        (await LoadCached(connection, withCampaign)).Record;

    /// <summary>The same, with what tells it from another.</summary>
    public async Task<CachedRecord> LoadCached(DbConnection connection, bool withCampaign = false)
    {
        // A roll call never changes: a correction is another row, and a removal is marked.
        var rollCalls = await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) + COUNT(removed_at) FROM roll_call WHERE source = 'library' OR @WithCampaign",
            new { WithCampaign = withCampaign }
        );
        // In another incarnation, as many can be others.
        var incarnation = await Incarnation.FindFirstVersion(connection);
        var last = withCampaign ? _all : _library;
        if (
            last is { } kept
            && (kept.Incarnation, kept.RollCalls) == (incarnation, rollCalls)
            && kept.Groups == facts.Groups
        )
        {
            return kept;
        }
        var texts = await connection.QueryAsync<TextRow>(
            $"""
            SELECT r.id AS resolution, r.session, r.title, c.recorded_on AS day, c.names
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE r.kind = 'draft' AND c.names IS NOT NULL
                AND {CurrentRollCall.OfSource}
            """,
            new { WithCampaign = withCampaign }
        );
        var groups = facts.Groups;
        var record = new VotingRecord(
            texts.Select(row => new PastResolution
            {
                Resolution = row.Resolution,
                Session = row.Session,
                Title = row.Title,
                Day = row.Day,
                Names = row.Names,
            }),
            groups.RegionOf
        );
        var read = new CachedRecord(incarnation, rollCalls, groups, record);
        return withCampaign ? _all = read : _library = read;
    }

    private sealed record TextRow
    {
        public string Resolution { get; init; } = "";
        public string Session { get; init; } = "";
        public string Title { get; init; } = "";
        public DateOnly Day { get; init; }
        public string Names { get; init; } = "";
    }
}

/// <summary>The record that forecasts are made from, and how many roll calls with their corrections there were.</summary>
internal sealed record CachedRecord(long Incarnation, long RollCalls, Groups Groups, VotingRecord Record);
