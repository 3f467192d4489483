using FluentValidation;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>The days that engagements and tasks can have. A day outside is a typing error, such as 1925 or 20226.</summary>
internal static class DayRange
{
    /// <summary>The United Nations began in this year.</summary>
    public static readonly DateOnly FirstOfEngagements = new(1945, 1, 1);

    /// <summary>No campaign has a task from the last century.</summary>
    public static readonly DateOnly FirstOfTasks = new(2000, 1, 1);

    /// <summary>The last day of tasks.</summary>
    public static readonly DateOnly LastOfTasks = new(2099, 12, 31);

    /// <summary>A day of a task, or null.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> DayOfTask<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(day => day is null || (day >= FirstOfTasks && day <= LastOfTasks))
            .WithMessage((_, day) => $"must be a day from {FirstOfTasks:O} to {LastOfTasks:O}; found {day:O}");

    /// <summary>A day of an engagement, or null. Where a capital is ahead of New York, its day has begun already.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> DayOfEngagement<T>(
        this IRuleBuilder<T, DateOnly?> rule,
        TimeProvider clock
    ) =>
        rule.Must(day => day is null || (day >= FirstOfEngagements && day <= Tomorrow(clock)))
            .WithMessage(
                (_, day) =>
                    $"must be a day from {FirstOfEngagements:O} to {Tomorrow(clock):O}, tomorrow in New York; what is planned is a task; found {day:O}"
            );

    /// <summary>A day of a document or a signature, or null. It is not planned.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> DayOfDocument<T>(
        this IRuleBuilder<T, DateOnly?> rule,
        TimeProvider clock
    ) =>
        rule.Must(day => day is null || (day >= FirstOfEngagements && day <= Tomorrow(clock)))
            .WithMessage(
                (_, day) =>
                    $"must be a day from {FirstOfEngagements:O} to {Tomorrow(clock):O}, tomorrow in New York; found {day:O}"
            );

    private static DateOnly Tomorrow(TimeProvider clock) => NewYork.DayOf(clock.GetUtcNow()).AddDays(1);
}
