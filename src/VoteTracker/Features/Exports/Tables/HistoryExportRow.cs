using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
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
    [Folded]
    public required string? Iso2 { get; init; }

    /// <summary>The code of the UN Statistics Division: text of three digits, because leading zeros count. Empty for former members.</summary>
    /// <source>M49</source>
    [Folded]
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls. For observers, which are in no roll call, the short name.</summary>
    /// <source>UN Digital Library</source>
    [Folded]
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
    [Folded]
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
        ReferenceData referenceData,
        ExportRequest request,
        string resolution
    )
    {
        const int enough = 5_000;
        var states = await db.Read(connection => StateColumns.Load(connection, referenceData));
        // The content of each stance before its next change.
        var contents = new Dictionary<string, StanceContent>(StringComparer.Ordinal);
        var after = (Version: 0L, MemberState: "");
        while (true)
        {
            var revisions = await db.Read(connection =>
                StanceHistory.ListOfAll(connection, resolution, after, request.KnownUntil, enough)
            );
            var page = new List<HistoryExportRow>(revisions.Count);
            foreach (var revision in revisions)
            {
                var stance = revision.Stance;
                var before = contents.GetValueOrDefault(stance.MemberState, StanceContent.Unknown);
                page.Add(Create(before, revision, states[stance.MemberState], request.Caller));
                contents[stance.MemberState] = stance;
            }
            yield return page;
            if (revisions.Count < enough)
            {
                yield break;
            }
            after = (revisions[^1].Stance.Version, revisions[^1].Stance.MemberState);
        }
    }

    private static HistoryExportRow Create(
        StanceContent before,
        StanceRevision revision,
        StateColumns state,
        Caller caller
    ) =>
        new()
        {
            Resolution = revision.Stance.Resolution,
            Iso3 = state.Iso3,
            Iso2 = state.Iso2,
            M49 = state.M49,
            UnName = state.UnName,
            RegionalGroup = state.RegionalGroup,
            Version = revision.Stance.Version,
            ChangedAt = revision.Stance.ChangedAt!.Value,
            ChangedBy = caller.May(Right.ExportAuthors) ? revision.Stance.ChangedBy : null,
            FromPosition = before.Position,
            ToPosition = revision.Stance.Position,
            FromCertainty = before.Certainty,
            ToCertainty = revision.Stance.Certainty,
            Evidence = revision.Stance.Evidence,
            EvidenceUrl = revision.Stance.EvidenceUrl,
            Note = revision.Stance.Note,
            Reason = revision.Reason,
        };
}

/// <summary>Exports every change of the stances on a resolution.</summary>
internal sealed class ExportHistory(Db db, ReferenceData referenceData) : TableExport<HistoryExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/history",
            route =>
                route
                    .Requires(Right.SeeStances, hidesExistence: true)
                    .ReadsPersonalData(Right.ExportAuthors)
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
            ExportedResolution.Load(connection, request, id, (_, _) => RequiresRight.Check(HttpContext) is null)
        );
        return new ExportedTable<HistoryExportRow>(
            $"{id}-history",
            Table<HistoryExportRow>.Whole.Fold("resolution"),
            HistoryExportRow.LoadPages(db, referenceData, request, id)
        );
    }
}
