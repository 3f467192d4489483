using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>Returns the position or the vote of each member, before and after the vote.</summary>
internal sealed class GetPositions(Db db, ReferenceData referenceData, TallyCache live, TimeProvider clock)
    : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/positions");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Lists the position or the vote of each member",
                    "The same list before and after the vote. Before it: the current position of each member on the day of the vote, if the resolution's visibility is `positions` or the caller has a key. After it: the recorded vote of each name, for every caller; non-voting is `absent`. It counts up to the tally of the same version. If only totals were announced, the list is empty. It is served from memory: poll it with If-None-Match."
                )
                .Takes(PastCount.AsOfParameter, Lang.Parameter)
                .Produces<Positions>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var caller = Caller.FromContext(HttpContext);
        if (await live.FindVisible(id, caller, ETags.Seen(HttpContext.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        if (asOf is { } moment)
        {
            var past = await PastCount.Load(HttpContext, db, referenceData, id, moment);
            var format = PositionsRepresentation.FormatFor(caller, past, language);
            var uncached = new Representation(
                PositionsRepresentation.Bytes(past, caller, language),
                past.StateName,
                format
            );
            await ConditionalResponse.Send(HttpContext, uncached, isPublic: false, live.Age);
            return;
        }
        if (!Positions.AreVisibleTo(caller, snapshot.Standings))
        {
            await KeyProblems.RoleTooLow(HttpContext, caller, Right.SeeStances).ExecuteAsync(HttpContext);
            return;
        }
        var representation = PositionsRepresentation.Of(snapshot, caller, language);
        var isPublic = snapshot.IsPublic() && Positions.AreVisibleTo(Caller.Anonymous, snapshot.Standings);
        await ConditionalResponse.Send(
            HttpContext,
            representation,
            isPublic && !Positions.ShowCertaintyTo(caller, snapshot.Standings),
            live.Age
        );
    }
}
