namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>A row of the feed of changes, with what decides which events it is.</summary>
internal sealed record ChangeRow
{
    /// <summary>The rows after a place in the feed that can be events. The stances of a baseline belong to the opening.</summary>
    public const string Select = """
        SELECT
            c.seq, c.at, c.by, c.kind, c.resolution, c.member_state, c.version,
            CASE WHEN c.kind = 'stance' THEN (
                SELECT f.visibility FROM resolution_change f
                WHERE f.resolution = c.resolution AND f.version <= c.version
                ORDER BY f.version DESC
                LIMIT 1
            ) END AS visibility,
            CASE WHEN c.kind = 'stance' THEN (
                SELECT s.position FROM stance_change s
                WHERE s.resolution = c.resolution AND s.version = c.version AND s.member_state = c.member_state
            ) END AS position,
            CASE WHEN c.kind = 'co-sponsor' THEN (
                SELECT s.status FROM co_sponsor_change s
                WHERE s.resolution = c.resolution AND s.version = c.version AND s.member_state = c.member_state
            ) END AS status,
            CASE WHEN c.kind = 'co-sponsor' THEN (
                SELECT s.status FROM co_sponsor_change s
                WHERE s.resolution = c.resolution AND s.member_state = c.member_state AND s.version < c.version
                ORDER BY s.version DESC
                LIMIT 1
            ) END AS status_before
        FROM change c
        WHERE c.seq > @after AND c.seq <= @until
            AND c.kind IN ('stance', 'co-sponsor', 'resolution', 'roll-call', 'ineligibility', 'comment', 'session')
            AND NOT (c.kind = 'stance' AND EXISTS (
                SELECT 1 FROM change o
                WHERE o.resolution = c.resolution AND o.at = c.at AND o.version = c.version AND o.kind = 'resolution'
            ))
        ORDER BY c.seq
        LIMIT @limit
        """;

    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Resolution { get; init; }
    public string? MemberState { get; init; }
    public long? Version { get; init; }
    public string? Visibility { get; init; }
    public string? Position { get; init; }
    public string? Status { get; init; }
    public string? StatusBefore { get; init; }

    /// <summary>The position that a stance changed to, if everybody sees it.</summary>
    public string? PublicPosition => Visibility == "positions" ? Position : null;

    /// <summary>Whether a state has signed as a co-sponsor, and had not before.</summary>
    public bool IsSignature => Status == "signed" && StatusBefore != "signed";

    /// <summary>Whether it can change the count of its resolution.</summary>
    public bool IsCounted =>
        Resolution is not null && Kind is ("stance" or "resolution" or "roll-call" or "ineligibility");
}
