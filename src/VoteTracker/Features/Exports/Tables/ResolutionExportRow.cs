using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A text put, or to be put, to the vote, and the totals that the record has of it.</summary>
[Exported("resolutions", Owner.Record, "resolution", Order = "vote_on, resolution, source")]
public sealed record ResolutionExportRow
{
    /// <summary>The resolution's id: its symbol in lower case with hyphens.</summary>
    /// <source>VoteTracker</source>
    public required string Resolution { get; init; }

    /// <summary>The document symbol; empty where the text of the record has none.</summary>
    /// <source>UN Digital Library</source>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    /// <source>UN Digital Library</source>
    public required string Title { get; init; }

    /// <summary>The session's id: `es-10`, of regular sessions the number.</summary>
    /// <source>UN Digital Library</source>
    public required string Session { get; init; }

    /// <summary>The whole, an amendment, a part of it, or a motion.</summary>
    /// <source>UN Digital Library</source>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority it needs; `not-recorded` where the record does not tell.</summary>
    /// <source>VoteTracker</source>
    public required MajorityRule Rule { get; init; }

    /// <summary>What has become of it: the Assembly's own word.</summary>
    /// <source>UN Digital Library</source>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The day of the vote, New York's; empty where none is set.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service; empty before the vote.</summary>
    /// <source>VoteTracker</source>
    public required RollCallSource? Source { get; init; }

    /// <summary>The names in the roll call that voted yes; empty where it has no names.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? RecordedYes { get; init; }

    /// <summary>The names that voted no.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? RecordedNo { get; init; }

    /// <summary>The names that abstained.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? RecordedAbstain { get; init; }

    /// <summary>The names that did not vote.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? RecordedNonVoting { get; init; }

    /// <summary>Yes as the President announced it, where that is known.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library; press releases</source>
    public required int? AnnouncedYes { get; init; }

    /// <summary>No as announced.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library; press releases</source>
    public required int? AnnouncedNo { get; init; }

    /// <summary>Abstentions as announced.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library; press releases</source>
    public required int? AnnouncedAbstain { get; init; }

    /// <summary>Non-voting as announced.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library; press releases</source>
    public required int? AnnouncedNonVoting { get; init; }

    /// <summary>The members that day, or the names in the roll call.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? Members { get; init; }

    /// <summary>Where the Library's record of it is.</summary>
    /// <source>UN Digital Library</source>
    public required string? RecordUrl { get; init; }

    private const string Columns = """
        r.id AS resolution, COALESCE(f.title, r.title) AS title, COALESCE(f.session, r.session) AS session,
        COALESCE(f.kind, r.kind) AS kind, f.rule, f.status, f.vote_on,
        CASE WHEN f.title IS NULL THEN r.symbol ELSE f.symbol END AS symbol,
        CASE WHEN f.title IS NULL THEN r.record_url ELSE f.record_url END AS record_url,
        c.version, c.has_names, c.names, c.members, c.announced_yes, c.announced_no, c.announced_abstain,
        c.announced_non_voting, c.recorded_on, c.source
        """;

    private const string Fields = """
        JOIN resolution_change f ON f.resolution = r.id AND f.version = (
            SELECT MAX(version) FROM resolution_change WHERE resolution = r.id AND changed_at <= @knownUntil
        )
        """;

    /// <summary>One resolution, voted on or not.</summary>
    internal static async Task<ResolutionExportRow> Find(
        DbConnection connection,
        string resolution,
        DateTimeOffset knownUntil
    )
    {
        var row = await connection.QuerySingleAsync<TextRow>(
            $"""
            SELECT {Columns}
            FROM resolution r
            {Fields}
            LEFT JOIN roll_call c ON c.resolution = r.id AND {CountingRollCall.OfResolutionThen}
            WHERE r.id = @resolution
            """,
            new { resolution, knownUntil }
        );
        return row.Counted();
    }

    /// <summary>Those of which a vote is recorded, the oldest first: what the record makes public.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<ResolutionExportRow>> Pages(
        Db db,
        RecordFilter filter,
        DateTimeOffset knownUntil
    )
    {
        const int enough = 200;
        var (day, id, source) = (DateOnly.MinValue, "", "");
        while (true)
        {
            var page = await db.Read(async connection =>
            {
                var rows = await connection.QueryAsync<TextRow>(
                    $"""
                    SELECT {Columns}
                    FROM roll_call c
                    JOIN resolution r ON r.id = c.resolution
                    {Fields}
                    WHERE {CountingRollCall.OfSourceThen}
                        AND (@Session IS NULL OR COALESCE(f.session, r.session) = @Session)
                        AND {RecordFilter.OnDays}
                        AND (c.recorded_on, c.resolution, c.source) > (@day, @id, @source)
                    ORDER BY c.recorded_on, c.resolution, c.source
                    LIMIT @enough
                    """,
                    new
                    {
                        filter.Session,
                        filter.From,
                        filter.To,
                        filter.WithCampaign,
                        day,
                        id,
                        source,
                        enough,
                        knownUntil,
                    }
                );
                return rows.Select(row => (Last: row, Row: row.Counted())).ToList();
            });
            yield return [.. page.Select(p => p.Row)];
            if (page.Count < enough)
            {
                yield break;
            }
            var last = page[^1].Last;
            (day, id, source) = (last.RecordedOn!.Value, last.Resolution, last.Source!);
        }
    }

    private sealed record TextRow
    {
        public string Resolution { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
        public string Session { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public string? RecordUrl { get; init; }
        public long? Version { get; init; }
        public bool? HasNames { get; init; }
        public string? Names { get; init; }
        public int? Members { get; init; }
        public int? AnnouncedYes { get; init; }
        public int? AnnouncedNo { get; init; }
        public int? AnnouncedAbstain { get; init; }
        public int? AnnouncedNonVoting { get; init; }
        public DateOnly? RecordedOn { get; init; }
        public string? Source { get; init; }

        public ResolutionExportRow Counted()
        {
            var counts = HasNames == true ? PackedNames.Unpack(Names).CountBy(name => name.Vote).ToDictionary() : null;
            return new ResolutionExportRow
            {
                Resolution = Resolution,
                Symbol = Symbol,
                Title = Title,
                Session = Session,
                Kind = EnumWord<ResolutionKind>.Parse(Kind),
                Rule = EnumWord<MajorityRule>.Parse(Rule),
                Status = EnumWord<ResolutionStatus>.Parse(Status),
                VoteOn = VoteOn,
                Source = EnumWord<RollCallSource>.ParseOrNull(Source),
                RecordedYes = counts?.GetValueOrDefault(Vote.Yes),
                RecordedNo = counts?.GetValueOrDefault(Vote.No),
                RecordedAbstain = counts?.GetValueOrDefault(Vote.Abstain),
                RecordedNonVoting = counts?.GetValueOrDefault(Vote.NonVoting),
                AnnouncedYes = AnnouncedYes,
                AnnouncedNo = AnnouncedNo,
                AnnouncedAbstain = AnnouncedAbstain,
                AnnouncedNonVoting = AnnouncedNonVoting,
                Members = Members,
                RecordUrl = RecordUrl,
            };
        }
    }
}
