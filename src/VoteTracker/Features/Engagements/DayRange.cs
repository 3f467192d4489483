using FluentValidation;

namespace VoteTracker.Features.Engagements;

/// <summary>The days that engagements and tasks can have. A day outside is a typing error, such as 1925 or 20226.</summary>
internal static class DayRange
{
    /// <summary>The United Nations began in this year.</summary>
    public static readonly DateOnly FirstOfEngagements = new(1945, 1, 1);

    /// <summary>No campaign has a task from the last century.</summary>
    public static readonly DateOnly FirstOfTasks = new(2000, 1, 1);

    /// <summary>The last day of both.</summary>
    public static readonly DateOnly Last = new(2099, 12, 31);

    /// <summary>A day from the first one to <see cref="Last"/>, or null.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> DayFrom<T>(this IRuleBuilder<T, DateOnly?> rule, DateOnly first) =>
        rule.Must(day => day is null || (day >= first && day <= Last))
            .WithMessage((_, day) => $"must be a day from {first:O} to {Last:O}; found {day:O}");
}
