using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Endpoints.Contract;

/// <summary>Describes the headings of the operations, in reading order.</summary>
internal sealed class DescribeTags : IDocumentFilter
{
    private static readonly (string Name, string Description)[] All =
    [
        (
            "Member states",
            "The members of the United Nations and the observers, their groups, and their right to vote."
        ),
        ("Sessions", "Emergency special sessions and regular sessions, and how they convene."),
        ("Council vetoes", "Drafts that the Security Council did not adopt because of a veto."),
        ("Resolutions", "Resolutions that are, or will be, put to the vote: drafts, amendments, paragraphs, motions."),
        ("Stances", "The position of each member state on a resolution, its certainty and its evidence."),
        ("Tallies", "The count of a resolution: now, as of a moment, over time, and by group."),
        (
            "Sharing",
            "Links that show a resolution without a key; and the data of a link, which need nothing but its address."
        ),
        ("Forecasts", "The expected result of a vote, the ways to change it, and comparisons with recorded votes."),
        ("Scenarios", "The count with changed positions."),
        ("Co-sponsors", "The member states and observers that support a resolution."),
        ("Pictures", "Pictures of the count, as SVG and PNG: seats, groups, the margin over time, and the forecast."),
        ("Roll calls", "The Assembly's recorded votes."),
        (
            "Exports",
            "Tables as CSV, JSON, NDJSON or a spreadsheet, now or as of a moment. Each row is complete in itself."
        ),
        ("Imports", "The Assembly's recorded votes from the UN Library's file; for coordinators and up."),
        ("Contacts", "People and offices that lobbyists meet, and the outcomes; for lobbyists and up."),
        ("Engagements", "Meetings, calls, messages and letters with member states; for lobbyists and up."),
        ("Tasks", "What team members do, and by which day; for lobbyists and up."),
        ("Assignments", "The team members that states are assigned to; for viewers and up."),
        ("Briefs", "One state for a visit, and what changed in a time; as JSON, or as Markdown for people."),
        ("Comments", "What team members write about a stance, and the mentions of the caller; for lobbyists and up."),
        ("Views", "Filters of the whip sheet that team members saved; for lobbyists and up."),
        (
            "Support",
            "Organisations that endorse the demand of the campaign, formal acts of states, and pressures on members."
        ),
        ("Timetable", "The milestones of a resolution, links to calendars, and the feed of public resolutions."),
        (
            "Vote day",
            "Votes that are entered while a vote takes place, until they become a roll call; for lobbyists and up."
        ),
        ("Gaps", "What is missing about member states before the vote; for lobbyists and up."),
        ("Changes", "All changes, in order."),
        ("Webhooks", "Receivers that the service notifies of events, and the deliveries; for coordinators and up."),
        ("API keys", "The keys of the service, for admins; and the caller's own key."),
        ("Audit", "Who did what: writes, reads of personal data, refused keys and rights; for admins."),
        ("Health", "Probes for monitoring."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
        swaggerDoc.Tags = All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .ToHashSet();
}
