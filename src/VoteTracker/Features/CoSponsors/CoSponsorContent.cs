using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>What a user records about a co-sponsor. A new field is added in this file and in the store.</summary>
public record CoSponsorContent
{
    /// <summary>The status; only `signed` counts.</summary>
    public required CoSponsorStatus Status { get; init; }

    /// <summary>Whether it was named when the resolution was submitted, or joined afterwards.</summary>
    public required CoSponsorRole Role { get; init; }

    /// <summary>The first day of the status.</summary>
    public required DateOnly? Since { get; init; }

    /// <summary>The day of its withdrawal; null with any other status.</summary>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>A note. Viewers and up.</summary>
    public required string? Note { get; init; }

    /// <summary>The text that it signed or was asked for: `Rev.1`, `Rev.2`; null for the original.</summary>
    public required string? TextVersion { get; init; }

    /// <summary>The content with a day of the withdrawal, if the status is `withdrawn` and the request names none.</summary>
    internal CoSponsorContent WithWithdrawal(CoSponsorContent? before, DateOnly today) =>
        Status == CoSponsorStatus.Withdrawn && WithdrawnOn is null
            ? this with
            {
                WithdrawnOn = DayOfWithdrawal(before, Since, today),
            }
            : this;

    /// <summary>The day of a withdrawal that names none: the recorded one, otherwise today. It is never before the first day of the status.</summary>
    internal static DateOnly? DayOfWithdrawal(CoSponsorContent? before, DateOnly? since, DateOnly today)
    {
        var day = before?.Status == CoSponsorStatus.Withdrawn ? before.WithdrawnOn : today;
        return day < since ? since : day;
    }
}

/// <summary>The status of a state as a co-sponsor.</summary>
public sealed record RecordCoSponsorRequest
{
    /// <summary>The status; only `signed` counts.</summary>
    public CoSponsorStatus? Status { get; init; }

    /// <summary>Whether it was named when the resolution was submitted, or joined afterwards.</summary>
    public CoSponsorRole? Role { get; init; }

    /// <summary>The first day of the status.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The day of its withdrawal; only with status `withdrawn`. By default it is the recorded day, otherwise today in New York.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>A note; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The text that it signed or was asked for: `original`, or `Rev.1` up to the current text of the resolution. By default
    /// it is the recorded one if the status stays or becomes `withdrawn`, otherwise the current one.
    /// </summary>
    public string? TextVersion { get; init; }

    /// <summary>The same request with the text that it means, if it names none.</summary>
    internal RecordCoSponsorRequest WithText(CoSponsorContent? before, string? current) =>
        TextVersion is null ? this with { TextVersion = CoSponsorText.Choose(before, Status, current) } : this;

    /// <summary>The content of a valid request.</summary>
    internal CoSponsorContent ToContent() =>
        new()
        {
            Status = Status!.Value,
            Role = Role!.Value,
            Since = Since,
            WithdrawnOn = WithdrawnOn,
            Note = Note,
            TextVersion = DraftText.ToText(DraftText.NumberOf(TextVersion)),
        };

    /// <summary>The request that records the same content again, without its text. A patch is merged into it.</summary>
    internal static RecordCoSponsorRequest FromContent(CoSponsorContent content) =>
        new()
        {
            Status = content.Status,
            Role = content.Role,
            Since = content.Since,
            WithdrawnOn = content.WithdrawnOn,
            Note = content.Note,
        };
}

internal sealed class RecordCoSponsorValidator : AbstractValidator<RecordCoSponsorRequest>
{
    public RecordCoSponsorValidator()
    {
        AddRules(this);
        var others = new InlineValidator<RecordCoSponsorRequest>();
        AddRules(others);
        // A wrong form alone is reported with the current text, which the transaction reads.
        RuleFor(r => r.TextVersion)
            .Must(text => DraftText.TryParse(text, out _))
            .WithMessage((_, text) => $"{CoSponsorText.Forms}; found {SafeText.Quote(text!)}")
            .When(r => !others.Validate(r).IsValid);
    }

    private static void AddRules(AbstractValidator<RecordCoSponsorRequest> validator)
    {
        validator.RuleFor(r => r.Status).RequiredWord();
        validator.RuleFor(r => r.Role).RequiredWord();
        validator
            .RuleFor(r => r.WithdrawnOn)
            .Must((r, day) => day is null || r.Status is null or CoSponsorStatus.Withdrawn)
            .WithMessage("must be null unless the status is withdrawn")
            .Must((r, day) => day is null || r.Since is null || day >= r.Since)
            .WithMessage("must not be before since");
        validator.RuleFor(r => r.Note).Text(4_000);
    }
}
