using System.Data.Common;
using Dapper;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Where a member state stands on a resolution, and beside it, after the vote, what the record shows: a row each member of the day of the vote, those of whom nothing is known too.</summary>
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

    /// <summary>ISO 3166-1 alpha-2; empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The UN Statistics Division's code, three digits: a text, for leading zeros count; empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls; of observers, which are in none, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group, today's; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>Where it stands, as somebody recorded it: the forecast.</summary>
    /// <source>campaign</source>
    public required Position Position { get; init; }

    /// <summary>How firm that is; empty where unknown. Needs a key.</summary>
    /// <source>campaign</source>
    public required Certainty? Certainty { get; init; }

    /// <summary>What it rests on; empty where unknown. Needs a key.</summary>
    /// <source>campaign</source>
    public required Evidence? Evidence { get; init; }

    /// <summary>A link to it. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? EvidenceUrl { get; init; }

    /// <summary>What else there is to say. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? Note { get; init; }

    /// <summary>The id of the contact who said it. Needs a key of role lobbyist.</summary>
    /// <source>campaign</source>
    public required string? Contact { get; init; }

    /// <summary>Why it may not vote on the day of the vote; empty where it may.</summary>
    /// <source>campaign</source>
    public required IneligibilityReason? Ineligible { get; init; }

    /// <summary>The resolution's version that the last change of the stance made; 0 where there was none. Needs a key.</summary>
    /// <source>VoteTracker</source>
    public required long? Version { get; init; }

    /// <summary>The label of the key that last changed it. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? ChangedBy { get; init; }

    /// <summary>When it last changed. Needs a key.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>What the record shows: the fact; empty before the vote, and where the roll call does not name the state.</summary>
    /// <source>UN Digital Library, or the campaign where it recorded the vote</source>
    public required Vote? Vote { get; init; }

    /// <summary>The same in the UN Digital Library's letters: Y yes, N no, A abstained, X non-voting.</summary>
    /// <source>UN Digital Library</source>
    [Codes("Y", "N", "A", "X")]
    public required string? VoteUndl { get; init; }

    /// <summary>The same in Erik Voeten's numbers: 1 yes, 2 abstained, 3 no, 8 absent (non-voting), 9 not a member: on our list of members, and not in the roll call.</summary>
    /// <source>United Nations General Assembly Voting Data (Voeten)</source>
    [Codes("1", "2", "3", "8", "9")]
    public required int? VoteVoeten { get; init; }

    /// <summary>What the state said afterwards it had intended to vote; never counted.</summary>
    /// <source>campaign</source>
    public required Vote? Intended { get; init; }

    /// <summary>All of a resolution, as this caller may see them, in the order of their codes.</summary>
    internal static async Task<IReadOnlyList<StanceExportRow>> All(
        DbConnection connection,
        ReferenceData facts,
        ExportRequest request,
        Resolution resolution
    )
    {
        var states = await StateColumns.Load(connection, facts);
        var found = await StanceStore.List(connection, resolution.Id, request.AsOf);
        var rollCall = await RecordedRollCall.Find(connection, resolution.Id, request.KnownUntil);
        var votes = rollCall is null
            ? []
            : (await rollCall.Names(connection)).ToDictionary(
                name => name.MemberState,
                name => (NamedVote?)name,
                StringComparer.Ordinal
            );
        var day = rollCall?.VotedOn ?? resolution.VotingDay(request.Moment);
        var ineligible = await Barred(connection, day, request.KnownUntil);
        var caller = request.Caller;
        return
        [
            .. facts
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
                    };
                }),
        ];
    }

    private static async Task<Dictionary<string, IneligibilityReason>> Barred(
        DbConnection connection,
        DateOnly day,
        DateTimeOffset knownUntil
    ) =>
        (
            await connection.QueryAsync<BarredRow>(
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

    private sealed record BarredRow
    {
        public string MemberState { get; init; } = "";
        public string Reason { get; init; } = "";
    }
}
