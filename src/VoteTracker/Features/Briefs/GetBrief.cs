using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Briefs;

/// <summary>Shows everything about one state and one resolution in one response.</summary>
internal sealed class GetBrief(Db db, BriefLoader briefs, ReferenceData referenceData) : EndpointWithoutRequest<IResult>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/briefs/{iso3}");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Briefs",
                    "Shows the brief of a state",
                    "Everything that a visitor of a mission needs: names and groups, the stance and its last changes, the co-sponsor status, the assignee, the expected vote, and votes on similar resolutions. Lobbyists and up also get contacts, engagements, open tasks, comments and what is missing. The brief of an observer has no stance, no forecast and no votes. With `Accept: text/markdown` it is a text for paper or a phone."
                )
                .Takes(Lang.Parameter)
                .ProducesMarkdownToo<Brief>()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution with that id, or no current member or observer has that code. For a former member, the detail names its last day."
                )
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        await db.Read(connection => RouteResolution.LoadWithRole(connection, id, HttpContext));
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (BriefProblems.FindFault(referenceData, iso3) is { } fault)
        {
            return fault;
        }
        return await briefs.Load(id, iso3, Caller.FromContext(HttpContext)) is { } brief
            ? new MarkdownOrJson<Brief>(brief, language, BriefMarkdown.Write)
            : Problems.NoResolution(id);
    }
}
