using VoteTracker.Features.Engagements;

namespace VoteTracker.Features.Tasks;

/// <summary>Checks what the content of a task names, and completes it.</summary>
internal static class TaskReferences
{
    /// <summary>
    /// Checks what differs from the current content: a contact or a key can have been deleted since then. A task without a
    /// member state gets the one of its engagement or contact.
    /// </summary>
    /// <param name="named">Collects the faults.</param>
    /// <param name="content">The content of the request.</param>
    /// <param name="current">The current content; null if the task is new.</param>
    public static async Task<TaskContent> Read(NamedRecords named, TaskContent content, TaskContent? current)
    {
        if (content.Resolution != current?.Resolution)
        {
            await named.CheckResolution("resolution", content.Resolution);
        }
        if (current?.Engagement is { } before && content.Engagement != before)
        {
            // A task leaves an engagement only by a caller that sees it: a confidential one hides its tasks.
            await named.CheckEngagement("engagement", before, memberState: null);
        }
        if (content.Engagement != current?.Engagement || content.MemberState != current?.MemberState)
        {
            var engagement = await named.CheckEngagement("engagement", content.Engagement, content.MemberState);
            content = content with
            {
                MemberState = content.MemberState ?? engagement?.MemberState,
                Resolution = content.Resolution ?? engagement?.Resolution,
            };
        }
        if (content.Contact != current?.Contact || content.MemberState != current?.MemberState)
        {
            var state = await named.CheckContact("contact", content.Contact, content.MemberState);
            content = content with { MemberState = content.MemberState ?? state };
        }
        return content.Assignee == current?.Assignee
            ? content
            : content with
            {
                Assignee = await named.ReadAssignee("assignee", content.Assignee),
            };
    }
}
