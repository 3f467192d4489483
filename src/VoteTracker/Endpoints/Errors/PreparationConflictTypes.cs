namespace VoteTracker.Endpoints.Errors;

/// <summary>
/// The conflicts (409) of what prepares a vote: sessions, endorsements, milestones,
/// calendars and webhooks. <see cref="ConflictTypes"/>
/// has the others.
/// </summary>
internal static class PreparationConflictTypes
{
    public static readonly ProblemType DuplicateEndorsement = new(
        "duplicate-endorsement",
        409,
        "The endorsement is recorded already",
        "The organisation has an endorsement for the same state and the same resolution: /v1/endorsements/{0}. Change it instead.",
        "12"
    );

    public static readonly ProblemType TooManyWebhooks = new(
        "too-many-webhooks",
        409,
        "There are too many webhooks",
        "There are {0} webhooks, which is the most. Delete one first.",
        "100"
    );

    public static readonly ProblemType WebhookDisabled = new(
        "webhook-disabled",
        409,
        "The webhook is disabled",
        "The webhook was disabled at {0:u} ({1}), so nothing is sent. Enable it first: PATCH with \"enabled\": true.",
        "2026-11-21 22:10:00Z",
        "failing"
    );

    public static readonly ProblemType TooManyCalendars = new(
        "too-many-calendars",
        409,
        "Too many links to the calendar",
        "{0} links to this calendar are valid, which is the most. Revoke one first.",
        "20"
    );

    public static readonly ProblemType TooManyMilestones = new(
        "too-many-milestones",
        409,
        "Too many milestones",
        "The resolution has {0} milestones, which is the most. Delete one first.",
        "200"
    );

    public static readonly ProblemType DuplicateSession = new(
        "duplicate-id",
        409,
        "The id is taken",
        "The session '{0}' already exists. A resumption of it needs an id of its own, such as {0}-2026.",
        "es-10"
    );

    public static readonly ProblemType DuplicateVeto = new(
        "duplicate-id",
        409,
        "The id is taken",
        "The veto of {0} on {1:O} is already recorded, with the number {2}.",
        "S/2026/155",
        "2026-02-25",
        "7"
    );

    public static readonly ProblemType NotCounted = new(
        "not-counted",
        409,
        "Nothing of this kind is counted",
        "{0}",
        "A regular session convenes each September by rule 1, so no request is counted."
    );

    public static readonly ProblemType NotAMemberThen = new(
        "not-a-member",
        409,
        "Not a member on that day",
        "{0} is not a member on {1:O}, so its request does not count.",
        "SSD",
        "2010-11-30"
    );
}
