using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Desk.Gaps;

/// <summary>
/// What is missing before a vote: the member states with their gaps, those that can move the margin most first. Without a
/// resolution in the address, it is the newest open draft.
/// </summary>
internal sealed class GetGapsPage(Assets assets, Db db, GapLoader gaps, ReferenceData referenceData, TimeProvider clock)
    : DeskPageEndpoint(assets)
{
    private const int MaxOpen = 50;

    public override void Configure() => Serve("/desk/gaps");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var filter = new GapSelection
        {
            Resolution = QueryText("resolution"),
            Kind = EnumWord<GapKind>.TryParse(QueryText("kind"), out var kind) ? kind : null,
            Assignee = QueryText("assignee"),
            Group = QueryText("group"),
        };
        var model = await db.Read(connection => Load(connection, page, filter));
        if (model is null)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<GapsPage>(page, model), isPublic: false);
    }

    private async Task<GapsModel?> Load(DbConnection connection, PageContext page, GapSelection filter)
    {
        var caller = page.Caller;
        var listed = await ListedResolution.List(
            connection,
            new ResolutionFilter { IsOpen = true },
            caller,
            after: null,
            MaxOpen
        );
        var open = listed.Select(item => item.Resolution).ToList();
        var resolution = filter.Resolution is { } id
            ? (await ResolutionAccess.Find(connection, id, caller)).Resolution
            : open.Find(one => one.Kind == ResolutionKind.Draft) ?? open.FirstOrDefault();
        if (resolution is null && filter.Resolution is not null)
        {
            return null;
        }
        var mayRead = caller.May(Right.SeeContacts);
        var now = clock.GetUtcNow();
        var all =
            mayRead && resolution is { Basis: Basis.Stances }
                ? await gaps.Load(connection, resolution, caller, now)
                : [];
        var day = resolution?.VotingDay(now) ?? default;
        var groups = all.ToDictionary(
            state => state.MemberState,
            state => (IReadOnlyList<string>)[.. referenceData.Groups.ListFor(state.MemberState, day)],
            StringComparer.Ordinal
        );
        var ordered = GapLoader.Order(all, page.Language);
        var selection = filter with { Assignee = filter.Assignee == TeamMembers.Me ? caller.Label : filter.Assignee };
        var states = new GapFilter { Assignee = selection.Assignee, Group = selection.Group };
        return new GapsModel
        {
            MayRead = mayRead,
            Resolution = resolution,
            Filter = selection,
            Open = open,
            All = ordered,
            Selected = [.. states.Apply(ordered, referenceData.Groups, day)],
            Groups = groups,
        };
    }
}
