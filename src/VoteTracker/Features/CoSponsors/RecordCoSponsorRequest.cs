using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>How far a state is on its way to co-sponsoring.</summary>
public sealed record RecordCoSponsorRequest
{
    /// <summary>How far it is; only `signed` counts.</summary>
    public CoSponsorStatus? Status { get; init; }

    /// <summary>Whether it was named when the text was handed in, or joined afterwards.</summary>
    public CoSponsorRole? Role { get; init; }

    /// <summary>The day since when it is so.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The day it took its name off; only with status `withdrawn`.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }
}

internal sealed class RecordCoSponsorValidator : AbstractValidator<RecordCoSponsorRequest>
{
    public RecordCoSponsorValidator()
    {
        RuleFor(r => r.Status).RequiredWord();
        RuleFor(r => r.Role).RequiredWord();
        RuleFor(r => r.WithdrawnOn)
            .Must((r, day) => day is null || r.Status is null or CoSponsorStatus.Withdrawn)
            .WithMessage("must be null unless the status is withdrawn")
            .Must((r, day) => day is null || r.Since is null || day >= r.Since)
            .WithMessage("must not be before since");
        RuleFor(r => r.Note).Text(4_000);
    }
}
