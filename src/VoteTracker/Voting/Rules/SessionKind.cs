namespace VoteTracker.Voting.Rules;

/// <summary>The kind of a session. It decides how the session convenes.</summary>
public enum SessionKind
{
    /// <summary>
    /// An emergency special session: the Security Council calls it with any nine votes, or a majority of the members requests
    /// it (rule 8 (b), resolution 377 A (V)).
    /// </summary>
    NewEmergencySession,

    /// <summary>
    /// The resumption of an adjourned session, by the terms of the resolution that adjourned it. Those of the 10th and 11th
    /// emergency special sessions name no majority: the President resumes the session upon request.
    /// </summary>
    Resumption,

    /// <summary>A regular session, which convenes each September (rule 1).</summary>
    Regular,

    /// <summary>A special session (rules 7 to 9). It is only in the record, and cannot be added.</summary>
    Special,
}

/// <summary>How far a session is.</summary>
public enum SessionStatus
{
    /// <summary>It is requested and has not convened. Viewers and up see it.</summary>
    Requested,

    /// <summary>It has convened: it meets, or is adjourned and can be resumed.</summary>
    Convened,

    /// <summary>It is closed.</summary>
    Closed,

    /// <summary>The request was withdrawn, or failed. Viewers and up see it.</summary>
    Withdrawn,

    /// <summary>A regular session that opens in a coming September. A request cannot set it.</summary>
    Scheduled,
}
