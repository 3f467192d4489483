using System.Data.Common;
using Dapper;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>One change of a stance: the position before and after, the moment, the evidence and the reason.</summary>
[Exported("history", Owner.Campaign, "resolution", "iso3", "version", Order = "version, iso3")]
public sealed record HistoryExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    [RefersTo("member-states")]
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2. `NA` is Namibia, not a missing value. Empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The code of the UN Statistics Division: text of three digits, because leading zeros count. Empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls. For observers, which are in no roll call, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group of today; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>The version of the resolution after the change.</summary>
    /// <source>VoteTracker</source>
    public required long Version { get; init; }

    /// <summary>The moment of the change.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The label of the key that made it. Needs a key of role coordinator.</summary>
    /// <source>campaign</source>
    public required string? ChangedBy { get; init; }

    /// <summary>The position before.</summary>
    /// <source>campaign</source>
    public required Position FromPosition { get; init; }

    /// <summary>The position after; `unknown` if the stance was deleted.</summary>
    /// <source>campaign</source>
    public required Position ToPosition { get; init; }

    /// <summary>The certainty before; empty if the position was unknown.</summary>
    /// <source>campaign</source>
    public required Certainty? FromCertainty { get; init; }

    /// <summary>The certainty after; empty if the stance was deleted.</summary>
    /// <source>campaign</source>
    public required Certainty? ToCertainty { get; init; }

    /// <summary>The basis of the stance after the change.</summary>
    /// <source>campaign</source>
    public required Evidence? Evidence { get; init; }

    /// <summary>The link to the evidence.</summary>
    /// <source>campaign</source>
    public required string? EvidenceUrl { get; init; }

    /// <summary>The note after the change.</summary>
    /// <source>campaign</source>
    public required string? Note { get; init; }

    /// <summary>The reason that the user gave for the change.</summary>
    /// <source>campaign</source>
    public required string? Reason { get; init; }

    /// <summary>Loads every change until the moment of the export, page by page, the oldest first.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<HistoryExportRow>> LoadPages(
        Db db,
        ReferenceData facts,
        ExportRequest request,
        string resolution
    )
    {
        const int enough = 5_000;
        var states = await db.Read(connection => StateColumns.Load(connection, facts));
        // The newest change of each state in the rows so far.
        var previous = new Dictionary<string, ChangedRow>(StringComparer.Ordinal);
        var (version, iso3) = (0L, "");
        while (true)
        {
            var rows = (
                await db.Read(connection =>
                    connection.QueryAsync<ChangedRow>(
                        """
                        SELECT
                            member_state, version, position, certainty, evidence, evidence_url, note, reason,
                            changed_at, changed_by
                        FROM stance_change
                        WHERE resolution = @resolution AND (version, member_state) > (@version, @iso3)
                            AND changed_at <= @KnownUntil
                        ORDER BY version, member_state
                        LIMIT @enough
                        """,
                        new
                        {
                            resolution,
                            iso3,
                            version,
                            request.KnownUntil,
                            enough,
                        }
                    )
                )
            ).ToList();
            var page = new List<HistoryExportRow>(rows.Count);
            foreach (var row in rows)
            {
                var before = previous.GetValueOrDefault(row.MemberState) ?? new ChangedRow();
                page.Add(row.After(before, resolution, states[row.MemberState], request.Caller));
                previous[row.MemberState] = row;
            }
            yield return page;
            if (rows.Count < enough)
            {
                yield break;
            }
            (version, iso3) = (rows[^1].Version, rows[^1].MemberState);
        }
    }

    private sealed record ChangedRow
    {
        public string MemberState { get; init; } = "";
        public long Version { get; init; }
        public string Position { get; init; } = EnumWord<Position>.ToWord(VoteTracker.Voting.Rules.Position.Unknown);
        public string? Certainty { get; init; }
        public string? Evidence { get; init; }
        public string? EvidenceUrl { get; init; }
        public string? Note { get; init; }
        public string? Reason { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public HistoryExportRow After(ChangedRow before, string resolution, StateColumns state, Caller caller) =>
            new()
            {
                Resolution = resolution,
                Iso3 = state.Iso3,
                Iso2 = state.Iso2,
                M49 = state.M49,
                UnName = state.UnName,
                RegionalGroup = state.RegionalGroup,
                Version = Version,
                ChangedAt = ChangedAt,
                ChangedBy = caller.Role >= Role.Coordinator ? ChangedBy : null,
                FromPosition = EnumWord<Position>.Parse(before.Position),
                ToPosition = EnumWord<Position>.Parse(Position),
                FromCertainty = EnumWord<Certainty>.ParseOrNull(before.Certainty),
                ToCertainty = EnumWord<Certainty>.ParseOrNull(Certainty),
                Evidence = EnumWord<Evidence>.ParseOrNull(Evidence),
                EvidenceUrl = EvidenceUrl,
                Note = Note,
                Reason = Reason,
            };
    }
}

/// <summary>Exports every change of the stances on a resolution.</summary>
internal sealed class ExportHistory(Db db, ReferenceData facts) : TableExport<HistoryExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/history",
            route =>
                route
                    .Needs(Role.Viewer, hidesExistence: true)
                    .Described(
                        "Exports",
                        "Exports the history",
                        "Every change of every stance, the oldest first. `changed_by` is shown to coordinators and admins."
                    )
        );

    protected override async Task<ExportedTable<HistoryExportRow>> Load(ExportRequest request)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        await db.Read(connection =>
            ExportedResolution.Load(connection, request, id, (_, _) => RequiresRole.Check(HttpContext) is null)
        );
        return new ExportedTable<HistoryExportRow>(
            $"{id}-history",
            Table<HistoryExportRow>.Whole,
            HistoryExportRow.LoadPages(db, facts, request, id)
        );
    }
}
