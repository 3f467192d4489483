using VoteTracker.Database;
using VoteTracker.Features.RollCalls;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>A row of a vote day.</summary>
internal sealed record VoteDayRow
{
    public string Resolution { get; init; } = "";
    public string? Status { get; init; }
    public DateOnly HeldOn { get; init; }
    public string StartsWith { get; init; } = "";
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }
    public string? Expected { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public string OpenedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset? ProposedAt { get; init; }
    public string? ProposedBy { get; init; }
    public string? ProposedKey { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public string? ConfirmedBy { get; init; }
    public long Version { get; init; }

    /// <summary>How far it is; null if it was discarded.</summary>
    public VoteDayStatus? State => EnumWord<VoteDayStatus>.ParseOrNull(Status);

    /// <summary>The announced totals; null if they are not entered.</summary>
    public VoteTotals? Announced =>
        AnnouncedYes is { } yes && AnnouncedNo is { } no
            ? new VoteTotals
            {
                Yes = yes,
                No = no,
                Abstain = AnnouncedAbstain,
                NonVoting = AnnouncedNonVoting,
            }
            : null;

    /// <summary>The row without its proposal and confirmation, so that votes can be corrected.</summary>
    public VoteDayRow Reopened(Write write, Caller caller) =>
        Next(write, caller) with
        {
            Status = EnumWord<VoteDayStatus>.ToWord(VoteDayStatus.Entering),
            ProposedAt = null,
            ProposedBy = null,
            ProposedKey = null,
            ConfirmedAt = null,
            ConfirmedBy = null,
        };

    /// <summary>The next version of this row, by this author.</summary>
    public VoteDayRow Next(Write write, Caller caller) =>
        this with
        {
            Version = Version + 1,
            ChangedAt = write.Now,
            ChangedBy = caller.Label,
        };
}
