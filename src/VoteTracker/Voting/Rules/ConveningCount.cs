namespace VoteTracker.Voting.Rules;

/// <summary>The condition that convenes a session.</summary>
public enum ConveningBasis
{
    /// <summary>The votes in the Security Council.</summary>
    Council,

    /// <summary>The requests of a majority of the members.</summary>
    Members,
}

/// <summary>What is recorded about the convening of a session, compared with what its kind needs.</summary>
public sealed record ConveningCount
{
    /// <summary>The kind of the session.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>Whether the session has convened.</summary>
    public required bool HasConvened { get; init; }

    /// <summary>The yes votes in the Council; null if no vote is recorded.</summary>
    public int? CouncilYes { get; init; }

    /// <summary>The yes votes in the Council that are needed.</summary>
    public int CouncilRequired { get; init; }

    /// <summary>The number of recorded requests.</summary>
    public int Requests { get; init; }

    /// <summary>The number of members of that day.</summary>
    public int Members { get; init; }

    /// <summary>The document that authorises a resumption; null if it is not recorded.</summary>
    public string? Authority { get; init; }

    /// <summary>Whether the votes in the Council are counted: for a new emergency special session.</summary>
    public bool CountsCouncil => Kind == SessionKind.NewEmergencySession;

    /// <summary>Whether a majority of the members convenes it.</summary>
    public bool CountsMajority => Kind is SessionKind.NewEmergencySession or SessionKind.Special;

    /// <summary>The requests that are needed.</summary>
    public int RequestsRequired => ConveningRule.RequestsRequired(Members);

    /// <summary>The requests that are missing.</summary>
    public int RequestsMissing => ConveningRule.RequestsMissing(Requests, Members);

    /// <summary>Whether the recorded votes in the Council are enough.</summary>
    public bool CouncilMet => CountsCouncil && CouncilYes >= CouncilRequired;

    /// <summary>Whether the recorded requests are enough.</summary>
    public bool MembersMet => CountsMajority && RequestsMissing == 0;

    /// <summary>Whether no request is recorded of a session that has convened, so that a count of 0 would be wrong.</summary>
    public bool RequestsAreUnknown => HasConvened && Requests == 0;

    /// <summary>Whether nothing is recorded of a session that has convened.</summary>
    public bool IsUnrecorded => RequestsAreUnknown && !(CountsCouncil && CouncilYes is not null);

    /// <summary>
    /// Whether the session can convene: a recorded condition is met, or it has convened. Null if nothing is counted: a regular
    /// session, or a resumption whose authority names no number.
    /// </summary>
    public bool? Met =>
        HasConvened || CouncilMet || MembersMet ? true
        : CountsMajority ? false
        : null;

    /// <summary>The condition that is met by what is recorded; null if none is.</summary>
    public ConveningBasis? MetBy =>
        CouncilMet ? ConveningBasis.Council
        : MembersMet ? ConveningBasis.Members
        : null;

    /// <summary>The rules that are counted.</summary>
    public IReadOnlyList<string> Rules =>
        Kind switch
        {
            SessionKind.NewEmergencySession => ["rule 8 (b)", "rule 9 (b)", "resolution 377 A (V)"],
            SessionKind.Special => ["rule 8 (a)", "rule 9 (a)"],
            SessionKind.Resumption => Authority is null ? [] : [Authority],
            _ => ["rule 1"],
        };
}

/// <summary>What is recorded about a session and what is missing, as one or two sentences. The words depend on the reader's language.</summary>
/// <param name="Count">The numbers.</param>
public sealed record ConveningSentence(ConveningCount Count);
