using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Filters;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Digests;

/// <summary>Shows what changed since a moment.</summary>
internal sealed class GetDigest(Db db, DigestLoader digests, TimeProvider clock) : EndpointWithoutRequest<IResult>
{
    private static readonly SinceParameter SinceParameter = new(
        "since",
        "The first moment; 24 hours ago by default. A resolution that was opened later is compared with its opening.",
        "24h"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only this resolution, its mentions and its tasks; also one whose vote is over. By default, the ten newest open resolutions.",
        "es-10-l-34"
    );

    public override void Configure()
    {
        Get("/v1/digest");
        Description(route =>
            route
                .Requires(Right.SeeStances)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Briefs",
                    "Shows what changed since a moment",
                    "For each resolution that is open or was open at that moment: the tally then and now, the moves with their effect on the margin, and the changes of co-sponsors. Lobbyists and up also get the gaps that were opened and closed, the comments that mention them, and the tasks that are due and overdue. With `Accept: text/markdown` it is a text for people."
                )
                .Takes(SinceParameter, ResolutionParameter, Lang.Parameter)
                .ProducesMarkdownToo<Digest>()
                .Fails(StatusCodes.Status400BadRequest)
        );
    }

    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var since = query.Read(SinceParameter, clock.Moment());
        var resolution = query.Read(ResolutionParameter);
        return await db.Read<IResult>(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, resolution, connection, caller);
            return query.Problem is { } problem
                ? problem
                : new MarkdownOrJson<Digest>(
                    await digests.Load(connection, caller, language, since, resolution),
                    language,
                    DigestMarkdown.Write
                );
        });
    }
}
