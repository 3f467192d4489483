using System.Text.Json.Serialization;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>The position or the vote of each member in one state of a resolution.</summary>
public sealed record Positions
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted, or the requested moment; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The basis: `stances` before the vote, `recorded-votes` after it. With any other basis there are no positions.</summary>
    public required Basis Basis { get; init; }

    /// <summary>The members on the day of the vote, or the names in the roll call, in the order of their codes.</summary>
    public required IReadOnlyList<MemberPosition> Items { get; init; }

    /// <summary>The positions in the standings.</summary>
    /// <param name="standings">The state of the resolution.</param>
    /// <param name="withCertainty">Whether the certainty of stances is included.</param>
    internal static Positions FromStandings(Standings standings, bool withCertainty) =>
        new()
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            Basis = standings.Basis,
            Items =
            [
                .. standings.Ballots.Select(ballot => new MemberPosition
                {
                    MemberState = ballot.MemberState,
                    Position = ballot.Position,
                    Certainty = withCertainty ? ballot.Certainty : null,
                    Eligible = ballot.Eligible,
                }),
            ],
        };

    /// <summary>
    /// The positions in a snapshot, as far as the caller may see them. Null if the caller may see the tally alone.
    /// </summary>
    internal static Positions? FromSnapshot(TallySnapshot snapshot, Caller caller) =>
        AreVisibleTo(caller, snapshot.Standings)
            ? FromStandings(snapshot.Standings, ShowCertaintyTo(caller, snapshot.Standings))
            : null;

    /// <summary>Whether a caller that sees the tally also sees the position of each member. Recorded votes are public.</summary>
    internal static bool AreVisibleTo(Caller caller, Standings standings) =>
        standings.Basis != Basis.Stances || caller.SeesPositions(standings.Visibility);

    /// <summary>Whether the caller sees how firm a position is. A recorded vote has no certainty.</summary>
    internal static bool ShowCertaintyTo(Caller caller, Standings standings) =>
        standings.Basis == Basis.Stances && caller.May(Right.SeeStances);
}

/// <summary>The position or the vote of a member.</summary>
public sealed record MemberPosition
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The position. After the vote, the vote; non-voting is `absent`.</summary>
    public required Position Position { get; init; }

    /// <summary>How firm the position is. Only for viewers and up, and not for a vote or an unknown position.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Certainty? Certainty { get; init; }

    /// <summary>Whether it may vote on the day of the vote. If not, its position is not counted.</summary>
    public required bool Eligible { get; init; }
}
