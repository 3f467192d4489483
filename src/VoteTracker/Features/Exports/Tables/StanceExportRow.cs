using System.Data.Common;
using Dapper;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The position of a member state on a resolution and, in columns of their own, the recorded vote. There is a row for each member of the day of the vote, also for those without a stance.</summary>
[Exported("stances", Owner.Campaign, "resolution", "iso3")]
public sealed record StanceExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>campaign</source>
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

    /// <summary>The position, as a user recorded it: the expectation.</summary>
    /// <source>campaign</source>
    public required Position Position { get; init; }

    /// <summary>How firm the position is; empty if it is unknown. Needs a key.</summary>
    /// <source>campaign</source>
    public required Certainty? Certainty { get; init; }

    /// <summary>The basis of the stance; empty if the position is unknown. Needs a key.</summary>
    /// <source>campaign</source>
    public required Evidence? Evidence { get; init; }

    /// <summary>A link to the evidence. Needs a key.</summary>
    /// <source>campaign</source>
    [Folded]
    public required string? EvidenceUrl { get; init; }

    /// <summary>A note about the stance. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? Note { get; init; }

    /// <summary>The id of the contact that the position was heard from. Needs a key of role lobbyist.</summary>
    /// <source>campaign</source>
    [Folded]
    public required string? Contact { get; init; }

    /// <summary>The reason why it may not vote on the day of the vote; empty if it may.</summary>
    /// <source>campaign</source>
    public required IneligibilityReason? Ineligible { get; init; }

    /// <summary>The version of the resolution after the last change of the stance; 0 if there was no change. Needs a key.</summary>
    /// <source>VoteTracker</source>
    [Folded]
    public required long? Version { get; init; }

    /// <summary>The label of the key that last changed it. Needs a key.</summary>
    /// <source>campaign</source>
    [Folded]
    public required string? ChangedBy { get; init; }

    /// <summary>The moment of the last change. Needs a key.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The recorded vote. Empty before the vote, and if the roll call does not name the state.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required Vote? Vote { get; init; }

    /// <summary>The recorded vote in the UN Digital Library's letters: Y yes, N no, A abstained, X non-voting.</summary>
    /// <source>UN Digital Library</source>
    [Folded, Codes("Y", "N", "A", "X")]
    public required string? VoteUndl { get; init; }

    /// <summary>The recorded vote in Erik Voeten's numbers: 1 yes, 2 abstained, 3 no, 8 absent (non-voting), 9 not a member. A 9 is a member of that day that the roll call does not name.</summary>
    /// <source>United Nations General Assembly Voting Data (Voeten)</source>
    [Folded, Codes("1", "2", "3", "8", "9")]
    public required int? VoteVoeten { get; init; }

    /// <summary>The vote that the state later said it had intended; never counted.</summary>
    /// <source>campaign</source>
    [Folded]
    public required Vote? Intended { get; init; }

    /// <summary>The number of the engagement in which the position was heard. Needs a key.</summary>
    /// <source>campaign</source>
    [Folded]
    public required long? Engagement { get; init; }

    /// <summary>The label of the key of the team member that the state is assigned to. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? Assignee { get; init; }

    /// <summary>The version of the assignment; 0 if the state was never assigned. Needs a key.</summary>
    /// <source>VoteTracker</source>
    [Folded]
    public required long? AssignmentVersion { get; init; }

    /// <summary>Loads the rows of a resolution in the order of their codes, with the columns that the caller may see.</summary>
    internal static async Task<IReadOnlyList<StanceExportRow>> Load(
        DbConnection connection,
        ReferenceData referenceData,
        ExportRequest request,
        Resolution resolution
    )
    {
        var states = await StateColumns.Load(connection, referenceData);
        var found = await StanceStore.List(connection, resolution.Id, request.AsOf);
        var rollCall = await RecordedRollCall.Find(connection, resolution.Id, request.KnownUntil);
        var votes = rollCall is null
            ? []
            : (await rollCall.LoadNames(connection)).ToDictionary(
                name => name.MemberState,
                name => (NamedVote?)name,
                StringComparer.Ordinal
            );
        var day = rollCall?.VotedOn ?? resolution.VotingDay(request.Moment);
        var ineligible = await LoadIneligible(connection, day, request.KnownUntil);
        var caller = request.Caller;
        return
        [
            .. referenceData
                .Roster.MembersOn(day)
                .Union(votes.Keys)
                .Order(StringComparer.Ordinal)
                .Select(iso3 =>
                {
                    var stance = found.GetValueOrDefault(iso3) ?? Stance.CreateUnknown(resolution.Id, iso3);
                    var (state, vote) = (
                        states[iso3],
                        VoteCodes.FromVote(votes.GetValueOrDefault(iso3), isRecorded: rollCall is not null)
                    );
                    return new StanceExportRow
                    {
                        Resolution = resolution.Id,
                        Iso3 = iso3,
                        Iso2 = state.Iso2,
                        M49 = state.M49,
                        UnName = state.UnName,
                        RegionalGroup = state.RegionalGroup,
                        Position = stance.Position,
                        Certainty = caller.May(Right.SeeStances) ? stance.Certainty : null,
                        Evidence = caller.May(Right.SeeStances) ? stance.Evidence : null,
                        EvidenceUrl = caller.May(Right.SeeStances) ? stance.EvidenceUrl : null,
                        Note = caller.May(Right.SeeStances) ? stance.Note : null,
                        Contact = caller.May(Right.SeeContacts) ? stance.Contact : null,
                        Ineligible = ineligible.TryGetValue(iso3, out var reason) ? reason : null,
                        Version = caller.May(Right.SeeStances) ? stance.Version : null,
                        ChangedBy = caller.May(Right.SeeAuthors) ? stance.ChangedBy : null,
                        ChangedAt = caller.May(Right.SeeStances) ? stance.ChangedAt : null,
                        Vote = vote.Vote,
                        VoteUndl = vote.Undl,
                        VoteVoeten = vote.Voeten,
                        Intended = vote.Intended,
                        Engagement = caller.May(Right.SeeStances) ? stance.Engagement : null,
                        Assignee = caller.May(Right.SeeStances) ? stance.Assignee : null,
                        AssignmentVersion = caller.May(Right.SeeStances) ? stance.AssignmentVersion ?? 0 : null,
                    };
                }),
        ];
    }

    private static async Task<Dictionary<string, IneligibilityReason>> LoadIneligible(
        DbConnection connection,
        DateOnly day,
        DateTimeOffset knownUntil
    ) =>
        (
            await connection.QueryAsync<IneligibleRow>(
                """
                SELECT member_state, reason
                FROM ineligibility
                WHERE entered_at <= @knownUntil AND (ended_at IS NULL OR ended_at > @knownUntil)
                    AND from_day <= @day AND (until_day IS NULL OR until_day >= @day)
                """,
                new { day, knownUntil }
            )
        ).ToDictionary(
            row => row.MemberState,
            row => EnumWord<IneligibilityReason>.Parse(row.Reason),
            StringComparer.Ordinal
        );

    private sealed record IneligibleRow
    {
        public string MemberState { get; init; } = "";
        public string Reason { get; init; } = "";
    }
}

/// <summary>Exports the positions of all member states on a resolution.</summary>
internal sealed class ExportStances(Db db, ReferenceData referenceData) : TableExport<StanceExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/stances",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .ReadsPersonalData(Right.SeeContacts)
                    .Described(
                        "Exports",
                        "Exports the stances",
                        "A row for each member of the day of the vote, in the order of their codes. Members without a stance and ineligible members have a row, too. After the vote the recorded vote is in columns of its own. Without a key, and if the visibility is `positions`, only the current positions are shown."
                    )
        );

    protected override async Task<ExportedTable<StanceExportRow>> Load(ExportRequest request)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var rows = await db.Read(async connection =>
        {
            var resolution = await ExportedResolution.Load(
                connection,
                request,
                id,
                (caller, r) =>
                    caller.May(Right.SeeStances) || request.AsOf is null && caller.SeesPositions(r.Visibility)
            );
            return await StanceExportRow.Load(connection, referenceData, request, resolution);
        });
        return new ExportedTable<StanceExportRow>(
            $"{id}-stances",
            Table<StanceExportRow>.Whole.Fold("resolution"),
            rows
        );
    }
}
