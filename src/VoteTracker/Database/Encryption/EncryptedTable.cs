namespace VoteTracker.Database.Encryption;

/// <summary>A table with encrypted texts: the columns of its primary key, and those that are encrypted.</summary>
/// <remarks>src/operations/personal-data.md has the list for operators; a test compares both with the schema.</remarks>
internal sealed record EncryptedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Columns)
{
    /// <summary>Every table with encrypted texts.</summary>
    public static readonly IReadOnlyList<EncryptedTable> All =
    [
        new("contact", ["id"], ["name", "title", "email", "phone", "languages", "notes"]),
        new("engagement", ["id"], ["summary", "outcome"]),
        new("engagement_change", ["engagement", "version"], ["summary", "outcome"]),
        new("task", ["id"], ["what"]),
        new("task_change", ["task", "version"], ["what"]),
        new("comment", ["id"], ["text"]),
        new("stance", ["resolution", "member_state"], ["note"]),
        new("stance_change", ["resolution", "version", "member_state"], ["note", "reason"]),
        new("co_sponsor", ["resolution", "member_state"], ["note"]),
        new("co_sponsor_change", ["resolution", "member_state", "version"], ["note"]),
    ];
}
