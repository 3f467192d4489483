using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Tasks;
using VoteTracker.Localization;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes a task in a language, as an item of Markdown.</summary>
internal static class TaskText
{
    /// <summary>Writes the task. Its state is left out if it is the subject of the document.</summary>
    public static string Write(Language language, DeskTask task, string? subject = null)
    {
        string?[] parts =
        [
            task.MemberState is { } state && state != subject ? language.State(state) : null,
            task.Assignee is { } assignee ? Markdown.Escape(assignee) : null,
            task.DueOn is { } day ? language.Text("brief.due", ("day", language.Day(day))) : null,
        ];
        var rest = string.Join(", ", parts.OfType<string>());
        return rest.Length == 0 ? Markdown.Escape(task.What) : $"{Markdown.Escape(task.What)} ({rest})";
    }
}
