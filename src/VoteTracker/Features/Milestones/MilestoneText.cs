using VoteTracker.Endpoints.Text;
using VoteTracker.Localization;

namespace VoteTracker.Features.Milestones;

/// <summary>Writes a milestone in a language.</summary>
internal static class MilestoneText
{
    /// <summary>Writes a milestone as an item of Markdown.</summary>
    public static string Write(Language language, Milestone milestone)
    {
        string?[] parts =
        [
            milestone.Kind == MilestoneKind.Other ? null : language.Word(milestone.Kind),
            Markdown.Escape(milestone.Resolution),
            When(language, milestone),
            milestone.Place is { } place ? Markdown.Escape(place) : null,
        ];
        return $"{Markdown.Escape(milestone.What)} ({string.Join(", ", parts.OfType<string>())})";
    }

    /// <summary>The day for which it is planned, with its hour.</summary>
    public static string When(Language language, Milestone milestone)
    {
        var day = language.Day(milestone.PlannedOn);
        return milestone.PlannedAt is { } hour
            ? language.Text("page.timetable.hour", ("day", day), ("hour", hour))
            : day;
    }
}
