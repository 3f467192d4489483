using VoteTracker.Database;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Features.Sessions.Convening;
using VoteTracker.Features.Vetoes;
using VoteTracker.Live;

namespace VoteTracker.Web.Pages.Sessions;

/// <summary>The page of a session: how it convenes, by which requests, its resolutions and the vetoes that led to it.</summary>
internal sealed class GetSessionPage(Assets assets, Db db, ReferenceData referenceData, TimeProvider clock)
    : PageEndpoint(assets)
{
    private const int MostResolutions = 500;
    private const int MostVetoes = 100;

    public override void Configure() => Serve("/sessions/{id}");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var id = (string)HttpContext.Request.RouteValues["id"]!;
        var now = clock.Moment();
        var model = await db.Read(async connection =>
        {
            if (await SessionStore.Find(connection, id, page.Caller, now) is not { } session)
            {
                return null;
            }
            var requests = await SessionRequestStore.List(connection, id);
            var vetoes = new VetoFilter(MemberState: null, id, From: null, To: null);
            var filter = new ResolutionFilter { Session = id, OnlyTopLevel = true };
            return new SessionModel
            {
                Session = session,
                Convening = await ConveningReport.Load(connection, referenceData, session, now),
                Requesting = [.. requests.Select(request => request.MemberState)],
                Resolutions =
                [
                    .. (
                        await ListedResolution.List(connection, filter, page.Caller, after: null, MostResolutions)
                    ).Select(listed => listed.Resolution),
                ],
                Vetoes = await VetoStore.List(connection, vetoes, page.Caller, after: null, MostVetoes),
            };
        });
        if (model is null)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<SessionPage>(page, model), isPublic: false);
    }
}

/// <summary>What the page of a session shows.</summary>
public sealed record SessionModel
{
    /// <summary>The session.</summary>
    public required Session Session { get; init; }

    /// <summary>What is recorded about its convening, and what is required.</summary>
    public required ConveningReport Convening { get; init; }

    /// <summary>The codes of the members that request it.</summary>
    public required IReadOnlyList<string> Requesting { get; init; }

    /// <summary>Its resolutions that the reader may see, the newest first.</summary>
    public required IReadOnlyList<Resolution> Resolutions { get; init; }

    /// <summary>The vetoes that led to it, the newest first.</summary>
    public required IReadOnlyList<CouncilVeto> Vetoes { get; init; }
}
