using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Engagements;
using VoteTracker.Localization;
using static VoteTracker.Features.Briefs.BriefMarkdown;

namespace VoteTracker.Features.Briefs;

/// <summary>Writes the work of the team in a brief: what is missing, contacts, engagements, tasks and comments.</summary>
internal static class BriefWorkMarkdown
{
    /// <summary>Adds the parts that the brief has.</summary>
    public static void Add(Markdown text, Brief brief, Language language)
    {
        if (brief.Gaps is { Count: > 0 } gaps)
        {
            text.Heading(2, language.Text("brief.gaps"));
            text.List(gaps.Select(gap => GapText.Write(language, gap.Kind, gap.Since)));
        }
        AddContacts(text, brief, language);
        AddEngagements(text, brief, language);
        if (brief.Tasks is { Count: > 0 } tasks)
        {
            text.Heading(2, language.Text("brief.tasks"));
            text.List(tasks.Select(task => TaskText.Write(language, task, brief.MemberState)));
            AddMore(text, brief, "tasks", language);
        }
        if (brief.Comments is { Count: > 0 } comments)
        {
            text.Heading(2, language.Text("brief.comments"));
            text.List(
                comments.Select(comment =>
                    $"{Markdown.Escape(comment.CreatedBy)}, {language.Moment(comment.CreatedAt)}: {Long(comment.Text)}"
                )
            );
            AddMore(text, brief, "comments", language);
        }
    }

    /// <summary>Adds a sentence if a list has more entries than the brief.</summary>
    public static void AddMore(Markdown text, Brief brief, string list, Language language)
    {
        if (brief.More.Contains(list, StringComparer.Ordinal))
        {
            text.Paragraph(language.Text("brief.more"));
        }
    }

    /// <summary>The name of a contact that the brief has.</summary>
    public static string? Contact(Brief brief, string? id) =>
        brief.NameOf(id) is { } name ? Markdown.Escape(name) : null;

    private static void AddContacts(Markdown text, Brief brief, Language language)
    {
        if (brief.Contacts is not { Count: > 0 } contacts)
        {
            return;
        }
        text.Heading(2, language.Text("brief.contacts"));
        text.Table(
            [
                language.Text("brief.name"),
                language.Text("brief.office"),
                language.Text("brief.reach"),
                language.Text("brief.languages"),
                language.Text("brief.note"),
            ],
            contacts.Select(contact =>
                (string?[])
                    [
                        Markdown.Escape(contact.Name),
                        Join(", ", Escape(contact.Title), language.Word(contact.Office)),
                        Join(", ", Escape(contact.Phone), Escape(contact.Email)),
                        Escape(contact.Languages),
                        contact.Notes is { } notes ? Long(notes) : null,
                    ]
            )
        );
        AddMore(text, brief, "contacts", language);
    }

    private static void AddEngagements(Markdown text, Brief brief, Language language)
    {
        if (brief.Engagements is not { Count: > 0 } engagements)
        {
            return;
        }
        text.Heading(2, language.Text("brief.engagements"));
        text.List(engagements.Select(engagement => Engagement(brief, engagement, language)));
        AddMore(text, brief, "engagements", language);
    }

    private static string Engagement(Brief brief, StateEngagement engagement, Language language)
    {
        var head = Join(
            ", ",
            $"**{language.Day(engagement.On)}**",
            language.Word(engagement.Kind),
            Join(", ", [.. engagement.Contacts.Select(id => Contact(brief, id))]),
            Markdown.Escape(engagement.CreatedBy),
            engagement.Resolution == brief.Resolution ? null : Escape(engagement.Resolution),
            engagement.Confidential ? language.Text("brief.confidential") : null
        );
        var outcome = engagement.Outcome is { } text ? $" → {Long(text)}" : "";
        return $"{head}: {Long(engagement.Summary)}{outcome}";
    }

    private static string? Escape(string? text) => text is null ? null : Markdown.Escape(text);
}
