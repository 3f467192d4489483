using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Digests;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Desk.Today;

/// <summary>
/// What a team member reads in the morning: the comments that mention the reader, the reader's tasks, and what changed since
/// yesterday or since another moment.
/// </summary>
internal sealed class GetTodayPage(Assets assets, Db db, DigestLoader digests, TeamMembers team, TimeProvider clock)
    : DeskPageEndpoint(assets)
{
    // A mention of Friday is on the page of Monday, and that before a holiday after it.
    private static readonly TimeSpan TimeOfMentions = TimeSpan.FromDays(30);
    private const int MostMentions = 50;

    public override void Configure() => ServePersonalData("/desk/today", Right.SeeContacts);

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var caller = page.Caller;
        var now = clock.Moment();
        var asked = QueryText("since");
        var isWrong = !TryRead(asked, now, out var since);
        var id = QueryText("resolution");
        var model = await db.Read(async connection =>
        {
            if (id is not null && (await ResolutionAccess.Find(connection, id, caller)).Resolution is null)
            {
                return null;
            }
            var works = caller.May(Right.EditContacts);
            var digest = await digests.Load(connection, caller, page.Language, since, id);
            var mentionsSince = digest.Since < now - TimeOfMentions ? digest.Since : now - TimeOfMentions;
            var mentions = caller.May(Right.Comment)
                ? await CommentStore.ListMentions(
                    connection,
                    caller.Label,
                    resolution: id,
                    since: mentionsSince,
                    before: null,
                    limit: MostMentions + 1
                )
                : null;
            return new TodayModel
            {
                Today = NewYork.DayOf(now),
                Since = isWrong ? null : asked,
                WrongSince = isWrong ? asked : null,
                Resolution = id,
                Digest = digest,
                MentionsSince = mentionsSince,
                Mentions = mentions?.Take(MostMentions).ToList(),
                HasMoreMentions = mentions?.Count > MostMentions,
                Lists = works ? await TaskList.LoadOpen(connection, caller, NewYork.DayOf(now)) : [],
                Team = works ? (await team.Load(connection, caller)).Members : [],
                IsEditable = works,
            };
        });
        if (model is null)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<TodayPage>(page, model), isPublic: false);
    }

    // Null is a day ago.
    private static bool TryRead(string? text, DateTimeOffset now, out DateTimeOffset? since)
    {
        since = null;
        if (text is null)
        {
            return true;
        }
        if (!PastMoment.TryParse(text, now, out var moment, out _))
        {
            return false;
        }
        since = moment;
        return true;
    }
}

/// <summary>What the page of a day shows.</summary>
public sealed record TodayModel
{
    /// <summary>The current day in New York.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The first moment in the form of the address; null if it is a day ago.</summary>
    public required string? Since { get; init; }

    /// <summary>A text in the address that is not a moment of the past; null if there is none.</summary>
    public required string? WrongSince { get; init; }

    /// <summary>The only resolution; null if the page is about all that are open.</summary>
    public required string? Resolution { get; init; }

    /// <summary>What changed.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The first moment of the mentions.</summary>
    public required DateTimeOffset MentionsSince { get; init; }

    /// <summary>The latest comments that mention the reader, the newest first; null if the reader may not read comments.</summary>
    public required IReadOnlyList<Comment>? Mentions { get; init; }

    /// <summary>Whether there are more mentions.</summary>
    public required bool HasMoreMentions { get; init; }

    /// <summary>The reader's tasks by how far they are.</summary>
    public required IReadOnlyList<TaskList> Lists { get; init; }

    /// <summary>The team members, for the fields that name one.</summary>
    public required IReadOnlyList<TeamMember> Team { get; init; }

    /// <summary>Whether the reader may add and change tasks.</summary>
    public required bool IsEditable { get; init; }
}
