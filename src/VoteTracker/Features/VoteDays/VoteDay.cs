using System.Text.Json.Serialization;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Versioned;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.VoteDays;

/// <summary>How far the entering of a vote is.</summary>
public enum VoteDayStatus
{
    /// <summary>Votes are entered and corrected.</summary>
    Entering,

    /// <summary>A person has proposed the votes as the result, and nothing changes until it is confirmed or reopened.</summary>
    Proposed,

    /// <summary>The votes became the campaign's roll call.</summary>
    Confirmed,
}

/// <summary>
/// The entering of a vote while it takes place: the votes so far, next to the forecast and the announced totals. It is not
/// the result: after its confirmation, the roll call is.
/// </summary>
public sealed record VoteDay : IVersioned
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>How far it is.</summary>
    public required VoteDayStatus Status { get; init; }

    /// <summary>The day of the vote in New York. The members of that day vote.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The code of the member with which the roll call begins (rule 87).</summary>
    public required string StartsWith { get; init; }

    /// <summary>The totals that the President announced; null if they are not entered.</summary>
    public required VoteTotals? Announced { get; init; }

    /// <summary>Announced minus entered, with the members that have no entry as non-voting; null without announced totals.</summary>
    public required TotalsDifference? Difference { get; init; }

    /// <summary>The count of the votes so far.</summary>
    public required RunningTally Tally { get; init; }

    /// <summary>What the forecast expected when the vote day was opened; null if no stance was recorded.</summary>
    public required VoteDayForecast? Forecast { get; init; }

    /// <summary>The members in the order of the roll call; left out with `after`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VoteDayMember>? Members { get; init; }

    /// <summary>The votes that were entered, in the order of the codes. With `after`, those that changed since then, also removed ones.</summary>
    public required IReadOnlyList<EnteredVote> Votes { get; init; }

    /// <summary>The codes of the members that may not vote on that day, as it is known now; also with `after`.</summary>
    public required IReadOnlyList<string> Ineligible { get; init; }

    /// <summary>Whether a second person must confirm the result: the setting `VoteDayConfirmation`.</summary>
    public required bool NeedsSecondPerson { get; init; }

    /// <summary>The label of the key that opened it.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>The moment of the opening; UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The label of the key that proposed the result; null if none is proposed.</summary>
    public required string? ProposedBy { get; init; }

    /// <summary>The moment of the proposal; UTC.</summary>
    public required DateTimeOffset? ProposedAt { get; init; }

    /// <summary>The label of the key that confirmed the result; null if it is not confirmed.</summary>
    public required string? ConfirmedBy { get; init; }

    /// <summary>The moment of the confirmation; UTC.</summary>
    public required DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Its version, which every change of it or of a vote raises. The ETag of GET has more, because the list of members that may not vote can change without it.</summary>
    public required long Version { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The label of the key that made the last change.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>What this shows besides what its version covers: the rule, the setting, and who may not vote.</summary>
    internal string Surroundings { get; init; } = "";
}

/// <summary>A member in the order of the roll call.</summary>
public sealed record VoteDayMember
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>Whether it may vote on that day.</summary>
    public required bool Eligible { get; init; }

    /// <summary>The most probable vote when the vote day was opened; null without a forecast.</summary>
    public required Vote? Expected { get; init; }

    /// <summary>The probability of that vote, 2 decimals.</summary>
    public required decimal? Chance { get; init; }
}

/// <summary>The vote of a member as it was entered.</summary>
public sealed record EnteredVote : IVersioned
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The vote; null if the entry was removed.</summary>
    public required Vote? Vote { get; init; }

    /// <summary>The version of the vote day with this entry; its own ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that entered it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>The announced totals minus those of the entered votes.</summary>
public sealed record TotalsDifference
{
    /// <summary>Yes.</summary>
    public required int Yes { get; init; }

    /// <summary>No.</summary>
    public required int No { get; init; }

    /// <summary>Abstentions.</summary>
    public required int Abstain { get; init; }

    /// <summary>Non-voting; null if the number was not announced.</summary>
    public required int? NonVoting { get; init; }

    internal bool IsNone => (Yes, No, Abstain, NonVoting ?? 0) == (0, 0, 0, 0);

    /// <summary>The difference of two totals.</summary>
    internal static TotalsDifference Between(VoteTotals announced, VoteTotals entered) =>
        new()
        {
            Yes = announced.Yes - entered.Yes,
            No = announced.No - entered.No,
            Abstain = announced.Abstain!.Value - entered.Abstain!.Value,
            NonVoting = announced.NonVoting - entered.NonVoting,
        };

    /// <summary>The numbers that differ: `yes +1, abstain -1`.</summary>
    public override string ToString() =>
        string.Join(
            ", ",
            new (string Word, int Number)[]
            {
                ("yes", Yes),
                ("no", No),
                ("abstain", Abstain),
                ("non-voting", NonVoting ?? 0),
            }
                .Where(part => part.Number != 0)
                .Select(part => FormattableString.Invariant($"{part.Word} {part.Number:+0;-0}"))
        );
}
