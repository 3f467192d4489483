using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>
/// Caches the roll calls that forecasts are made from, until one is recorded or removed. Amendments, paragraphs and motions
/// are left out, because a yes to them can be a no to the resolution. The record has only the Library's roll calls; those
/// of the campaign are added on request.
/// </summary>
internal sealed class VotingRecordCache(ReferenceData referenceData)
{
    private volatile CachedRecord? _library;
    private volatile CachedRecord? _all;

    /// <summary>Loads the current roll calls.</summary>
    public async Task<VotingRecord> Load(DbConnection connection, bool withCampaign = false) =>
        (await LoadCached(connection, withCampaign)).Record;

    /// <summary>Loads the current roll calls, with what identifies this version of the record.</summary>
    public async Task<CachedRecord> LoadCached(DbConnection connection, bool withCampaign = false)
    {
        // A roll call never changes: a correction is a new row, and a removal sets a column.
        var rollCalls = await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) + COUNT(removed_at) FROM roll_call WHERE source = 'library' OR @WithCampaign",
            new { WithCampaign = withCampaign }
        );
        // In another incarnation, the same number can be other roll calls.
        var incarnation = await Incarnation.FindFirstVersion(connection);
        var last = withCampaign ? _all : _library;
        if (
            last is { } cached
            && (cached.Incarnation, cached.RollCalls) == (incarnation, rollCalls)
            && cached.Groups == referenceData.Groups
        )
        {
            return cached;
        }
        var rows = await connection.QueryAsync<ResolutionRow>(
            $"""
            SELECT r.id AS resolution, r.session, r.title, l.agenda, l.subjects, c.recorded_on AS day, c.names
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            {CurrentLibraryRecord.Join}
            WHERE r.kind = 'draft' AND c.names IS NOT NULL
                AND {CurrentRollCall.OfSource}
            """,
            new { WithCampaign = withCampaign }
        );
        var groups = referenceData.Groups;
        var record = new VotingRecord(
            rows.Select(row => new PastResolution
            {
                Resolution = row.Resolution,
                Session = row.Session,
                Title = row.Title,
                Agenda = row.Agenda,
                Subjects = row.Subjects,
                Day = row.Day,
                Names = row.Names,
            }),
            groups.RegionOf
        );
        var read = new CachedRecord(incarnation, rollCalls, groups, record);
        return withCampaign ? _all = read : _library = read;
    }

    private sealed record ResolutionRow
    {
        public string Resolution { get; init; } = "";
        public string Session { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Agenda { get; init; }
        public string? Subjects { get; init; }
        public DateOnly Day { get; init; }
        public string Names { get; init; } = "";
    }
}

/// <summary>The record that forecasts are made from, and the number of its roll calls, corrections and removals.</summary>
internal sealed record CachedRecord(long Incarnation, long RollCalls, Groups Groups, VotingRecord Record);
