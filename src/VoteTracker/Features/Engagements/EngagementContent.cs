using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Contacts;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>What a user records about an engagement. A new field is added in this file and in the store.</summary>
public record EngagementContent
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The ids of the contacts that took part, in their order.</summary>
    public required IReadOnlyList<string> Contacts { get; init; }

    /// <summary>The id of the resolution that it was about.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The kind of the engagement.</summary>
    public required EngagementKind Kind { get; init; }

    /// <summary>The day in New York.</summary>
    public required DateOnly On { get; init; }

    /// <summary>A summary.</summary>
    public required string Summary { get; init; }

    /// <summary>The outcome.</summary>
    public required string? Outcome { get; init; }

    /// <summary>The label of the team member that it is assigned to.</summary>
    public required string? Assignee { get; init; }

    /// <summary>Whether only its author and coordinators see it.</summary>
    public required bool Confidential { get; init; }
}

/// <summary>The fields of an engagement that a lobbyist sets. A PATCH is merged into them.</summary>
public record EngagementFields
{
    /// <summary>The most contacts of an engagement.</summary>
    internal const int MostContacts = 20;

    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    public string? MemberState { get; init; }

    /// <summary>The ids of the contacts that took part; each works for the member state. 20 at most.</summary>
    public IReadOnlyList<string>? Contacts { get; init; }

    /// <summary>The id of the resolution that it was about.</summary>
    public string? Resolution { get; init; }

    /// <summary>The kind of the engagement.</summary>
    public EngagementKind? Kind { get; init; }

    /// <summary>The day in New York, from 1945 to tomorrow. What is planned is a task.</summary>
    public DateOnly? On { get; init; }

    /// <summary>A summary; 4,000 characters at most.</summary>
    public string? Summary { get; init; }

    /// <summary>The outcome; 1,000 characters at most.</summary>
    public string? Outcome { get; init; }

    /// <summary>The label of a valid key, or `me`.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whether only its author and coordinators see it; false by default.</summary>
    public bool? Confidential { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal EngagementContent ToContent() =>
        new()
        {
            MemberState = MemberState!,
            Contacts = [.. (Contacts ?? []).Order(StringComparer.Ordinal)],
            Resolution = Resolution,
            Kind = Kind!.Value,
            On = On!.Value,
            Summary = Summary!,
            Outcome = Outcome,
            Assignee = Assignee,
            Confidential = Confidential ?? false,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static EngagementFields FromContent(EngagementContent content) =>
        new()
        {
            MemberState = content.MemberState,
            Contacts = content.Contacts,
            Resolution = content.Resolution,
            Kind = content.Kind,
            On = content.On,
            Summary = content.Summary,
            Outcome = content.Outcome,
            Assignee = content.Assignee,
            Confidential = content.Confidential,
        };
}

internal sealed class EngagementFieldsValidator : AbstractValidator<EngagementFields>
{
    public EngagementFieldsValidator(ReferenceData referenceData, TimeProvider clock)
    {
        RuleFor(e => e.MemberState)
            .NotNull()
            .WithMessage("is required: the ISO 3166-1 alpha-3 code, in capitals, of a member or observer")
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(e => e.Contacts)
            .Must(contacts => contacts is null || contacts.Count <= EngagementFields.MostContacts)
            .WithMessage($"must have {EngagementFields.MostContacts} contacts at most")
            .Must(contacts => contacts is null || contacts.Distinct(StringComparer.Ordinal).Count() == contacts.Count)
            .WithMessage("must not have a contact twice");
        RuleForEach(e => e.Contacts).NotNull().WithMessage("must be the id of a contact").Text(64);
        RuleFor(e => e.Resolution).Text(64);
        RuleFor(e => e.Kind).RequiredWord();
        RuleFor(e => e.On).Required().DayOfEngagement(clock);
        RuleFor(e => e.Summary).Required().Text(4_000);
        RuleFor(e => e.Outcome).Text(1_000);
        RuleFor(e => e.Assignee).Text(64);
    }
}
