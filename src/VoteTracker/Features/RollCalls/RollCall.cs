using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>A recorded vote: the votes by name, and the announced totals.</summary>
public sealed record RollCall
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>Its source: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    public required RollCallSource Source { get; init; }

    /// <summary>The names, in the order of their codes; empty if only totals are known.</summary>
    public required IReadOnlyList<RecordedVote> Votes { get; init; }

    /// <summary>The totals of the names; null if there are none.</summary>
    public required VoteTotals? Totals { get; init; }

    /// <summary>The totals that the President announced, if they are known. They can differ from the names.</summary>
    public required VoteTotals? Announced { get; init; }

    /// <summary>Names of states that are not on the list of members of that day. They are saved, because the roll call decides.</summary>
    public required IReadOnlyList<string> NotOnTheList { get; init; }

    /// <summary>Notes: totals that differ, names that are not on the list of members, too few names or votes.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The status of the resolution, from the rule or from the request.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The resolution's version, which is also the ETag: a roll call decides the resolution, so they share it.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that recorded it; viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>When it was recorded here. For reference data, the moment from which it counts as known. UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The columns of a CSV body that were ignored, because their names are not known; only in its response.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IgnoredColumn>? IgnoredColumns { get; init; }

    /// <summary>What this caller may see of it.</summary>
    internal RollCall For(Caller caller) => caller.May(Right.SeeAuthors) ? this : this with { ChangedBy = null };

    internal static async Task<RollCall?> Find(DbConnection connection, ReferenceData referenceData, string resolution)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"""
            SELECT
                c.resolution, c.recorded_on, c.has_names, c.names, c.announced_yes, c.announced_no,
                c.announced_abstain, c.announced_non_voting, c.source, c.named, c.changed_at, c.changed_by, r.version, r.status
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE c.resolution = @resolution AND c.version = (
                SELECT version FROM roll_call WHERE resolution = @resolution AND {CurrentRollCall.Newest}
            )
            """,
            new { resolution }
        );
        if (row is null)
        {
            return null;
        }
        var votes = PackedNames
            .Unpack(row.Names)
            .Select(name => new RecordedVote
            {
                MemberState = name.MemberState,
                Vote = name.Vote,
                Intended = name.Intended,
            });
        return row.RollCall([.. votes], referenceData);
    }

    private sealed record Row
    {
        public string Resolution { get; init; } = "";
        public DateOnly RecordedOn { get; init; }
        public bool HasNames { get; init; }
        public string? Names { get; init; }
        public int? AnnouncedYes { get; init; }
        public int? AnnouncedNo { get; init; }
        public int? AnnouncedAbstain { get; init; }
        public int? AnnouncedNonVoting { get; init; }
        public string Source { get; init; } = "";
        public int? Named { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";
        public long Version { get; init; }
        public string Status { get; init; } = "";

        public RollCall RollCall(IReadOnlyList<RecordedVote> votes, ReferenceData referenceData)
        {
            var announced =
                AnnouncedYes is { } yes && AnnouncedNo is { } no
                    ? new VoteTotals
                    {
                        Yes = yes,
                        No = no,
                        Abstain = AnnouncedAbstain,
                        NonVoting = AnnouncedNonVoting,
                    }
                    : null;
            var totals = HasNames ? VoteTotals.FromVotes(votes) : null;
            var strangers = votes
                .Where(v => !referenceData.Roster.Find(v.MemberState)!.IsMemberOn(RecordedOn))
                .Select(v => v.MemberState)
                .ToList();
            return new RollCall
            {
                Resolution = Resolution,
                RecordedOn = RecordedOn,
                Source = EnumWord<RollCallSource>.Parse(Source),
                Votes = votes,
                Totals = totals,
                Announced = announced,
                NotOnTheList = strangers,
                Remarks =
                [
                    .. RemarksOf(totals, announced, strangers),
                    .. TooFew(referenceData.Roster, totals ?? announced),
                ],
                Status = EnumWord<ResolutionStatus>.Parse(Status),
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };
        }

        private IEnumerable<string> RemarksOf(VoteTotals? totals, VoteTotals? announced, List<string> strangers)
        {
            if (totals is not null && announced is not null && !announced.Agrees(totals))
            {
                yield return $"The names add up to {totals}; the announced totals are {announced}. Both are saved.";
            }
            if (totals is null)
            {
                yield return "Only the totals are known; the record has no names.";
            }
            if (strangers.Count > 0)
            {
                yield return $"Named, but not on the list of members of {RecordedOn:O}: {string.Join(", ", strangers)}. The names are saved.";
            }
        }

        private IEnumerable<string> TooFew(Roster roster, VoteTotals? totals)
        {
            var members = roster.MembersOn(RecordedOn).Count;
            var named = Named ?? PackedNames.Unpack(Names).Count;
            if (HasNames && named * 3 < members * 2)
            {
                yield return $"Only {named} of {members} members were named, fewer than two thirds.";
            }
            var quorum = Quorum.After(members, totals?.Yes + totals?.No + totals?.Abstain);
            if (quorum.Present < quorum.Required)
            {
                yield return $"Only {quorum.Present} of {members} members voted or abstained; a decision needs {quorum.Required} present (rule 67).";
            }
        }
    }
}

/// <summary>The vote of one member.</summary>
public sealed record RecordedVote
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The recorded vote.</summary>
    public required Vote Vote { get; init; }

    /// <summary>The vote that the member later said it had intended; never counted.</summary>
    public required Vote? Intended { get; init; }
}
