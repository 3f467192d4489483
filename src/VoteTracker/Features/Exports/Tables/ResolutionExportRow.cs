using System.Data.Common;
using Dapper;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A resolution that was or will be put to the vote, with its recorded totals.</summary>
[Exported("resolutions", Owner.Record, "resolution", Order = "vote_on, resolution, source")]
public sealed record ResolutionExportRow
{
    /// <summary>The resolution's id: its symbol in lower case with hyphens.</summary>
    /// <source>VoteTracker</source>
    public required string Resolution { get; init; }

    /// <summary>The document symbol; empty if the resolution has none.</summary>
    /// <source>UN Digital Library</source>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    /// <source>UN Digital Library</source>
    public required string Title { get; init; }

    /// <summary>The session's id: `es-10`, or the number of a regular session.</summary>
    /// <source>UN Digital Library</source>
    public required string Session { get; init; }

    /// <summary>A draft, an amendment, a paragraph or a motion.</summary>
    /// <source>UN Digital Library</source>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority that it needs; `not-recorded` if the record does not say.</summary>
    /// <source>VoteTracker</source>
    public required MajorityRule Rule { get; init; }

    /// <summary>The status, in the Assembly's own word.</summary>
    /// <source>UN Digital Library</source>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The day of the vote in New York; empty if none is set.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service; empty before the vote.</summary>
    /// <source>VoteTracker</source>
    public required RollCallSource? Source { get; init; }

    /// <summary>The names in the roll call that voted yes; empty if it has no names.</summary>
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

    /// <summary>Yes as the President announced it; empty if it is not known.</summary>
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

    /// <summary>The members of that day, or the names in the roll call.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? Members { get; init; }

    /// <summary>The address of its record in the UN Digital Library.</summary>
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

    /// <summary>Finds one resolution, with or without a recorded vote.</summary>
    internal static async Task<ResolutionExportRow> Find(
        DbConnection connection,
        string resolution,
        DateTimeOffset knownUntil
    )
    {
        var row = await connection.QuerySingleAsync<RecordRow>(
            $"""
            SELECT {Columns}
            FROM resolution r
            {Fields}
            LEFT JOIN roll_call c ON c.resolution = r.id AND {CurrentRollCall.OfResolutionThen}
            WHERE r.id = @resolution
            """,
            new { resolution, knownUntil }
        );
        return row.ToExport();
    }

    /// <summary>Loads those with a recorded vote, the oldest first. These are public.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<ResolutionExportRow>> LoadPages(
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
                var rows = await connection.QueryAsync<RecordRow>(
                    $"""
                    SELECT {Columns}
                    FROM roll_call c
                    JOIN resolution r ON r.id = c.resolution
                    {Fields}
                    WHERE {CurrentRollCall.OfSourceThen}
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
                return rows.Select(row => (Last: row, Row: row.ToExport())).ToList();
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
}

/// <summary>Exports the resolutions of the record.</summary>
internal sealed class ExportResolutions(Db db) : TableExport<ResolutionExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/export/resolutions",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .TakesPartOfRecord()
                    .IsExpensive()
                    .Described(
                        "Exports",
                        "Exports the resolutions of the record",
                        "A row for each resolution with a recorded vote, the oldest first. It has the totals counted from the names, and the announced totals. `?source=all` adds a row for each roll call that the campaign entered, marked in `source`."
                    )
        );

    protected override async Task<ExportedTable<ResolutionExportRow>> Load(ExportRequest request)
    {
        var filter = await ExportedRecord.Parse(db, request);
        return new ExportedTable<ResolutionExportRow>(
            "resolutions",
            Table<ResolutionExportRow>.Whole,
            ResolutionExportRow.LoadPages(db, filter, request.KnownUntil)
        );
    }
}
