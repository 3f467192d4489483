using FluentValidation;
using FluentValidation.Results;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>An engagement, and what it changes: a stance and tasks.</summary>
public sealed record RecordEngagementRequest : EngagementFields
{
    /// <summary>The most tasks that are added with an engagement.</summary>
    internal const int MostTasks = 20;

    /// <summary>The stance that was heard. It needs a `resolution`.</summary>
    public EngagementStance? Stance { get; init; }

    /// <summary>The tasks that follow from it, 20 at most.</summary>
    public IReadOnlyList<EngagementTask>? Tasks { get; init; }
}

/// <summary>The stance that was heard in an engagement: the fields of a PUT, and the version that the client saw.</summary>
public sealed record EngagementStance
{
    /// <summary>`yes`, `no`, `abstain`, `absent` or `undecided`.</summary>
    public Position? Position { get; init; }

    /// <summary>How firm the position is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>
    /// The basis of the position. By default it follows from the kind: `meeting` from a meeting or an event, `call` from a
    /// call or a message, `note-verbale` from a note verbale or a letter. It is required for a demonstration.
    /// </summary>
    public Evidence? Evidence { get; init; }

    /// <summary>A link to the evidence, https or http; 2,000 characters at most.</summary>
    public string? EvidenceUrl { get; init; }

    /// <summary>A note; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }

    /// <summary>The id of the contact who stated the position; by default the contact of the engagement, if it has one.</summary>
    public string? Contact { get; init; }

    /// <summary>The reason for the change; stored in the history. 1,000 characters at most.</summary>
    public string? Reason { get; init; }

    /// <summary>The version of the stance that the client saw; 0 if it was never recorded. Without it, any version is replaced.</summary>
    public long? Version { get; init; }

    /// <summary>The basis of a position that was heard in an engagement of a kind; null if it says nothing about a position.</summary>
    internal static Evidence? EvidenceOf(EngagementKind? kind) =>
        kind switch
        {
            EngagementKind.Meeting or EngagementKind.Event => VoteTracker.Voting.Rules.Evidence.Meeting,
            EngagementKind.Call or EngagementKind.Message => VoteTracker.Voting.Rules.Evidence.Call,
            EngagementKind.NoteVerbale or EngagementKind.Letter => VoteTracker.Voting.Rules.Evidence.NoteVerbale,
            _ => null,
        };

    /// <summary>The same as a PUT of the stance.</summary>
    internal RecordStanceRequest ToRequest(EngagementFields engagement, long? id = null) =>
        new()
        {
            Position = Position,
            Certainty = Certainty,
            Evidence = Evidence ?? EvidenceOf(engagement.Kind),
            EvidenceUrl = EvidenceUrl,
            Note = Note,
            // Stances are visible to more callers than confidential engagements.
            Contact = Contact ?? (engagement is { Confidential: not true, Contacts: [var only] } ? only : null),
            Engagement = id,
            Reason = Reason,
        };
}

/// <summary>A task that follows from an engagement. It has the member state, the resolution and the only contact of the engagement.</summary>
public sealed record EngagementTask
{
    /// <summary>What is to be done; 1,000 characters at most.</summary>
    public string? What { get; init; }

    /// <summary>The label of a valid key, or `me`.</summary>
    public string? Assignee { get; init; }

    /// <summary>The day by which it is to be done, from 2000 to 2099.</summary>
    public DateOnly? DueOn { get; init; }
}

internal sealed class RecordEngagementValidator : AbstractValidator<RecordEngagementRequest>
{
    public RecordEngagementValidator(ReferenceData referenceData, TimeProvider clock)
    {
        Include(new EngagementFieldsValidator(referenceData, clock));
        RuleFor(e => e.Resolution)
            .NotNull()
            .When(e => e.Stance is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("is required with a stance");
        RuleFor(e => e.MemberState)
            .Must(iso3 => iso3 is null || StanceRules.HasStance(referenceData, iso3))
            .When(e => e.Stance is not null && IsState(referenceData, e.MemberState))
            .WithMessage((_, iso3) => StanceRules.DescribeNoStance(referenceData, iso3!));
        var stance = new RecordStanceValidator();
        RuleFor(e => e.Stance)
            .Custom(
                (value, context) =>
                {
                    foreach (
                        var error in value is null
                            ? []
                            : stance.Validate(value.ToRequest(context.InstanceToValidate)).Errors
                    )
                    {
                        context.AddFailure(new ValidationFailure($"Stance.{error.PropertyName}", error.ErrorMessage));
                    }
                    if (value?.Version < 0)
                    {
                        context.AddFailure(
                            new ValidationFailure("Stance.Version", "must be a version of the stance, or 0")
                        );
                    }
                }
            );
        RuleFor(e => e.Tasks)
            .Must(tasks => tasks is null || tasks.Count <= RecordEngagementRequest.MostTasks)
            .WithMessage($"must have {RecordEngagementRequest.MostTasks} tasks at most");
        RuleForEach(e => e.Tasks)
            .NotNull()
            .WithMessage("must be an object")
            .ChildRules(task =>
            {
                task.RuleFor(t => t.What).Required().Text(1_000);
                task.RuleFor(t => t.Assignee).Text(64);
                task.RuleFor(t => t.DueOn).DayOfTask();
            });
    }

    private static bool IsState(ReferenceData referenceData, string? iso3) =>
        iso3 is not null && referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former };
}
