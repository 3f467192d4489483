using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Where a member state stands, and how we know.</summary>
public sealed record RecordStanceRequest
{
    /// <summary>`yes`, `no`, `abstain`, `absent` or `undecided`.</summary>
    public Position? Position { get; init; }

    /// <summary>How firm that is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>What it rests on.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>A link to it, https or http; 2,000 characters at most.</summary>
    public string? EvidenceUrl { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }

    /// <summary>The id of the contact who said it.</summary>
    public string? Contact { get; init; }

    /// <summary>Why it is recorded now; kept in the history. 1,000 characters at most.</summary>
    public string? Reason { get; init; }
}

internal sealed class RecordStanceValidator : AbstractValidator<RecordStanceRequest>
{
    private const string Recordable = "yes, no, abstain, absent, undecided";

    public RecordStanceValidator()
    {
        RuleFor(r => r.Position)
            .Must(p => p is not null and not Position.Unknown)
            .WithMessage(
                (_, p) =>
                    p is null
                        ? $"is required: one of {Recordable}; DELETE makes it unknown"
                        : $"must be one of {Recordable}; found 'unknown': DELETE makes it unknown"
            );
        RuleFor(r => r.Certainty).RequiredWord();
        RuleFor(r => r.Evidence).RequiredWord();
        RuleFor(r => r.EvidenceUrl).WebAddress();
        RuleFor(r => r.Note).Text(4_000);
        RuleFor(r => r.Contact).Text(64);
        RuleFor(r => r.Reason).Text(1_000);
    }
}
