using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Milestones;

/// <summary>The fields of a milestone that a coordinator sets. A PATCH is merged into them.</summary>
public sealed record MilestoneFields
{
    /// <summary>The kind of the step. A resolution has at most one `vote`; a milestone does not become a `vote`, or stop being one.</summary>
    public MilestoneKind? Kind { get; init; }

    /// <summary>What happens; 500 characters at most.</summary>
    public string? What { get; init; }

    /// <summary>
    /// The day in New York, from 1945-10-24 to 2099-12-31. For a `vote`, by default the `voteOn` of the resolution; another day
    /// sets it.
    /// </summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>The hour in New York, from `00:00` to `23:59`.</summary>
    public string? PlannedAt { get; init; }

    /// <summary>The place; 200 characters at most.</summary>
    public string? Place { get; init; }

    /// <summary>The day on which it was done, not in the future. Recording the roll call sets it for a `vote`.</summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>A note of the team; 4,000 characters at most.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is visible without a key, if the resolution is; false if it is left out.</summary>
    public bool? Public { get; init; }

    /// <summary>The content of a valid request.</summary>
    /// <param name="plannedOn">The day, which a vote has from its resolution.</param>
    internal MilestoneContent ToContent(DateOnly plannedOn) =>
        new()
        {
            Kind = Kind!.Value,
            What = What!,
            PlannedOn = plannedOn,
            PlannedAt = PlannedAt,
            Place = Place,
            DoneOn = DoneOn,
            Note = Note,
            Public = Public ?? false,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static MilestoneFields FromContent(MilestoneContent content) =>
        new()
        {
            Kind = content.Kind,
            What = content.What,
            PlannedOn = content.PlannedOn,
            PlannedAt = content.PlannedAt,
            Place = content.Place,
            DoneOn = content.DoneOn,
            Note = content.Note,
            Public = content.Public,
        };
}

internal sealed partial class MilestoneFieldsValidator : AbstractValidator<MilestoneFields>
{
    // The Charter came into force on this day.
    private static readonly DateOnly FirstDay = new(1945, 10, 24);
    private static readonly DateOnly LastDay = new(2099, 12, 31);

    public MilestoneFieldsValidator(TimeProvider clock)
    {
        RuleFor(m => m.Kind).RequiredWord();
        RuleFor(m => m.What)
            .Cascade(CascadeMode.Stop)
            .Required()
            .Must(text => !string.IsNullOrWhiteSpace(text))
            .WithMessage("must not be empty: say in a few words what happens")
            .Text(500);
        RuleFor(m => m.PlannedOn)
            .Must((m, day) => day is not null || m.Kind == MilestoneKind.Vote)
            .WithMessage(ValidationRules.IsRequired)
            .Must(day => day is null || (day >= FirstDay && day <= LastDay))
            .WithMessage(
                (_, day) => $"must be a day from {FirstDay:O}, the day of the Charter, to {LastDay:O}; found {day:O}"
            );
        RuleFor(m => m.PlannedAt)
            .Must(hour => hour is null || Hour().IsMatch(hour))
            .WithMessage((_, hour) => $"must be an hour in New York, such as 15:00; found {SafeText.Quote(hour!)}")
            .Must((m, hour) => m.PlannedOn is not { } day || IsOnTheClock(day, hour))
            .WithMessage((m, hour) => DescribeSkippedHour(m.PlannedOn!.Value, hour!));
        RuleFor(m => m.Place).Text(200);
        RuleFor(m => m.DoneOn)
            .Must(day => day is null || (day >= FirstDay && day <= NewYork.DayOf(clock.GetUtcNow())))
            .WithMessage(
                (_, day) =>
                    $"must be a day from {FirstDay:O} to {NewYork.DayOf(clock.GetUtcNow()):O}, today in New York; found {day:O}"
            );
        RuleFor(m => m.Note).Text(4_000);
    }

    /// <summary>Whether the clocks of New York show an hour on a day: once a year they skip one.</summary>
    internal static bool IsOnTheClock(DateOnly day, string? hour) =>
        hour is null
        || !TimeOnly.TryParseExact(hour, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        || NewYork.HasHour(day, time);

    /// <summary>What is wrong with an hour that the clocks of New York skip.</summary>
    internal static string DescribeSkippedHour(DateOnly day, string hour) =>
        $"must be an hour of that day: on {day:O} the clocks of New York are put forward, and have no {hour}";

    [GeneratedRegex(@"^([01][0-9]|2[0-3]):[0-5][0-9]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Hour();
}
