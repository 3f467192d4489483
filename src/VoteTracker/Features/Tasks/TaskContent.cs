using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tasks;

/// <summary>What a user records about a task. A new field is added in this file and in the store.</summary>
public record TaskContent
{
    /// <summary>What is to be done.</summary>
    public required string What { get; init; }

    /// <summary>The code of the member or observer that it is about.</summary>
    public required string? MemberState { get; init; }

    /// <summary>The id of the resolution that it is about.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The id of the contact that it is about.</summary>
    public required string? Contact { get; init; }

    /// <summary>The number of the engagement that it follows from.</summary>
    public required long? Engagement { get; init; }

    /// <summary>The label of the team member that does it.</summary>
    public required string? Assignee { get; init; }

    /// <summary>The day by which it is to be done.</summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>The day on which it was done; null while it is open.</summary>
    public required DateOnly? DoneOn { get; init; }

    /// <summary>A new task that follows from an engagement.</summary>
    internal static TaskContent OfEngagement(
        StateEngagement engagement,
        string what,
        string? assignee,
        DateOnly? dueOn
    ) =>
        new()
        {
            What = what,
            MemberState = engagement.MemberState,
            Resolution = engagement.Resolution,
            Contact = engagement.Contacts is [var only] ? only : null,
            Engagement = engagement.Id,
            Assignee = assignee,
            DueOn = dueOn,
            DoneOn = null,
        };
}

/// <summary>The fields of a task that a lobbyist sets. A PATCH is merged into them.</summary>
public sealed record TaskFields
{
    /// <summary>What is to be done; 1,000 characters at most.</summary>
    public string? What { get; init; }

    /// <summary>The code of the member or observer that it is about; by default the one of its engagement or contact.</summary>
    public string? MemberState { get; init; }

    /// <summary>The id of the resolution that it is about; by default the one of its engagement.</summary>
    public string? Resolution { get; init; }

    /// <summary>The id of the contact that it is about; it works for the member state.</summary>
    public string? Contact { get; init; }

    /// <summary>The number of the engagement with the member state that it follows from.</summary>
    public long? Engagement { get; init; }

    /// <summary>The label of a valid key, or `me`.</summary>
    public string? Assignee { get; init; }

    /// <summary>The day by which it is to be done, from 2000 to 2099.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>The day on which it was done, from 2000 to 2099; null while it is open.</summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal TaskContent ToContent() =>
        new()
        {
            What = What!,
            MemberState = MemberState,
            Resolution = Resolution,
            Contact = Contact,
            Engagement = Engagement,
            Assignee = Assignee,
            DueOn = DueOn,
            DoneOn = DoneOn,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static TaskFields FromContent(TaskContent content) =>
        new()
        {
            What = content.What,
            MemberState = content.MemberState,
            Resolution = content.Resolution,
            Contact = content.Contact,
            Engagement = content.Engagement,
            Assignee = content.Assignee,
            DueOn = content.DueOn,
            DoneOn = content.DoneOn,
        };
}

internal sealed class TaskFieldsValidator : AbstractValidator<TaskFields>
{
    public TaskFieldsValidator(ReferenceData referenceData)
    {
        RuleFor(t => t.What).Required().Text(1_000);
        RuleFor(t => t.MemberState)
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(t => t.Resolution).Text(64);
        RuleFor(t => t.Contact).Text(64);
        RuleFor(t => t.Assignee).Text(64);
        RuleFor(t => t.DueOn).DayOfTask();
        RuleFor(t => t.DoneOn).DayOfTask();
    }
}
