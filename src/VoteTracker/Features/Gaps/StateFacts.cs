using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>What is recorded about a member state at a moment, as far as the caller may see it.</summary>
internal sealed record StateFacts
{
    public required string MemberState { get; init; }

    /// <summary>The label of the assignee; null if the state is not assigned.</summary>
    public required string? Assignee { get; init; }

    /// <summary>The stance; null if none was ever recorded.</summary>
    public required StanceFact? Stance { get; init; }

    /// <summary>The day of the last contact; null if there was none.</summary>
    public required DateOnly? LastContactOn { get; init; }

    /// <summary>Whether a contact outside the mission took part in an engagement, or stated the current position.</summary>
    public required bool ReachedCapital { get; init; }

    /// <summary>The overdue tasks; null if there are none.</summary>
    public required OverdueTasks? Overdue { get; init; }

    /// <summary>Whether a statement or engagements by two people support a confirmed position.</summary>
    public required bool IsSupported { get; init; }

    /// <summary>The last position that each person recorded within the last week.</summary>
    public required IReadOnlyList<PositionReport> Reports { get; init; }

    /// <summary>What is recorded of it as a co-sponsor; null if the state is not among them.</summary>
    public required CoSponsorFact? CoSponsor { get; init; }

    public Position Position => Stance?.Position ?? Position.Unknown;
}

/// <summary>A stance at a moment.</summary>
/// <param name="Position">The position.</param>
/// <param name="Certainty">The certainty; null if the position is unknown.</param>
/// <param name="Evidence">The evidence; null if the position is unknown.</param>
/// <param name="On">The day in New York on which it was recorded.</param>
/// <param name="HalfLife">The days after which the forecast gives the evidence half its weight; null if the position is unknown.</param>
internal sealed record StanceFact(
    Position Position,
    Certainty? Certainty,
    Evidence? Evidence,
    DateOnly On,
    double? HalfLife
);

/// <summary>The open tasks about a state whose day is over.</summary>
internal sealed record OverdueTasks(int Count, DateOnly FirstDueOn);

/// <summary>A position as a person recorded it.</summary>
internal sealed record PositionReport(string By, Position Position, DateOnly On);

/// <summary>A co-sponsor at a moment.</summary>
/// <param name="Status">The status.</param>
/// <param name="Since">The first day of the status.</param>
/// <param name="HasCurrentText">Whether the state signed, or was asked for, the text that is current at the moment.</param>
internal sealed record CoSponsorFact(CoSponsorStatus Status, DateOnly Since, bool HasCurrentText);
