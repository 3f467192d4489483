namespace VoteTracker.Tests.Web.Browser;

/// <summary>A page that the tests visit in every language, width and theme.</summary>
/// <param name="Name">The name of its screenshots.</param>
/// <param name="Path">Its address.</param>
/// <param name="IsSignedIn">Whether the reader is signed in.</param>
/// <param name="Status">The status of the response.</param>
internal sealed record ListedPage(string Name, string Path, bool IsSignedIn = false, int Status = 200)
{
    /// <summary>Every page. A new page is one line here.</summary>
    public static readonly IReadOnlyList<ListedPage> All =
    [
        new("start", "/"),
        new("search", "/?q=ceasefire"),
        new("search-none", "/?q=no+such+resolution"),
        new("record", "/resolutions/es-10-27"),
        new("draft", $"/resolutions/{SampleDraft.Id}"),
        new("record-screen", "/resolutions/es-10-27/screen"),
        new("draft-screen", $"/resolutions/{SampleDraft.Id}/screen"),
        new("states", "/states"),
        new("state", "/states/NOR"),
        new("sessions", "/sessions"),
        new("session", "/sessions/es-11"),
        new("session-unrecorded", "/sessions/es-10"),
        new("agreement", "/agreement"),
        new("sign-in", "/sign-in"),
        new("desk", $"/desk/{SampleDraft.Id}", IsSignedIn: true),
        new("desk-open", $"/desk/{SampleDraft.Id}?position=no#DZA", IsSignedIn: true),
        new("desk-tasks", "/desk/tasks", IsSignedIn: true),
        new("desk-today", "/desk/today?since=7d", IsSignedIn: true),
        new("desk-gaps", "/desk/gaps", IsSignedIn: true),
        new("desk-gaps-kind", $"/desk/gaps?resolution={SampleDraft.Id}&kind=no-assignee&group=nam", IsSignedIn: true),
        new("desk-brief", $"/desk/{SampleDraft.Id}/briefs/DZA", IsSignedIn: true),
        new("desk-brief-observer", $"/desk/{SampleDraft.Id}/briefs/PSE", IsSignedIn: true),
        new("desk-share", $"/desk/{SampleDraft.Id}/share", IsSignedIn: true),
        new("vote-day", $"/vote-day/{SampleDraft.Id}", IsSignedIn: true),
        new("vote-day-none", "/vote-day/es-10-l-35", IsSignedIn: true),
        new("vote-day-over", "/vote-day/es-10-27", IsSignedIn: true),
        new("no-desk", "/desk/no-such-resolution", IsSignedIn: true, Status: 404),
        new("guide", "/guide"),
        new("guide-chapter", "/guide/stances"),
        new("docs", "/docs"),
        new("docs-section", "/docs/contacts"),
        new("embed", $"/embed/{SampleDraft.Id}"),
        new("embed-record", "/embed/es-10-27"),
        new("embed-seats", $"/embed/{SampleDraft.Id}?picture=seats"),
        new("embed-not-public", "/embed/no-such-resolution", Status: 404),
        new("no-resolution", "/resolutions/no-such-resolution", Status: 404),
        new("no-state", "/states/XYZ", Status: 404),
        new("no-session", "/sessions/es-99", Status: 404),
        new("no-page", "/no-such-page", Status: 404),
    ];

    public override string ToString() => Name;
}
