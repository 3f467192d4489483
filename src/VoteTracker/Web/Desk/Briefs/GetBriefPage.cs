using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Briefs;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Desk.Briefs;

/// <summary>The brief of a state for a visit: on a phone, and printed on one or two pages of paper.</summary>
internal sealed class GetBriefPage(Assets assets, BriefLoader briefs, ReferenceData referenceData)
    : DeskPageEndpoint(assets)
{
    public override void Configure() => ServePersonalData("/desk/{id}/briefs/{iso3}", Right.SeeContacts);

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = ((string)HttpContext.Request.RouteValues["iso3"]!).ToUpperInvariant();
        if (referenceData.Roster.Find(iso3) is { Kind: SeatKind.Former, Membership.Until: { } until })
        {
            HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
            var former = new FormerMember(iso3, until);
            await SendPage(page, await Render<FormerMemberPage>(page, former), isPublic: false);
            return;
        }
        if (
            BriefProblems.FindFault(referenceData, iso3) is not null
            || await briefs.Load(id, iso3, page.Caller) is not { } brief
        )
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<BriefPage>(page, brief), isPublic: false);
    }
}

/// <summary>A state that has no brief, because its membership has ended.</summary>
/// <param name="Iso3">Its code.</param>
/// <param name="Until">The last day of its membership.</param>
public sealed record FormerMember(string Iso3, DateOnly Until);
