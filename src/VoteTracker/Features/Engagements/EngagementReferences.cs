namespace VoteTracker.Features.Engagements;

/// <summary>Checks what the content of an engagement names, and reads its assignee.</summary>
internal static class EngagementReferences
{
    /// <summary>Checks what differs from the current content: a contact or a key can have been deleted since then.</summary>
    /// <param name="named">Collects the faults.</param>
    /// <param name="fields">The valid request.</param>
    /// <param name="current">The current content; null if the engagement is new.</param>
    /// <returns>The content with the label of the assignee.</returns>
    public static async Task<EngagementContent> Read(
        NamedRecords named,
        EngagementFields fields,
        EngagementContent? current
    )
    {
        var content = fields.ToContent();
        if (content.Resolution != current?.Resolution)
        {
            await named.CheckResolution("resolution", content.Resolution);
        }
        // In the order of the request, so that a fault names the place.
        foreach (var (i, contact) in (fields.Contacts ?? []).Index())
        {
            if (content.MemberState != current?.MemberState || !current.Contacts.Contains(contact))
            {
                await named.CheckContact($"contacts[{i}]", contact, content.MemberState);
            }
        }
        return content.Assignee == current?.Assignee
            ? content
            : content with
            {
                Assignee = await named.ReadAssignee("assignee", content.Assignee),
            };
    }
}
