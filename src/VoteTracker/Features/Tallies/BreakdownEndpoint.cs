using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>The base of the two endpoints of a breakdown: with content negotiation, and always CSV.</summary>
internal abstract class BreakdownEndpoint(Db db, ReferenceData referenceData, TallyCache live, TimeProvider clock)
    : EndpointWithoutRequest
{
    protected static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary) =>
        route
            .WithMetadata(new FromMemory())
            .Requires(Right.ReadPublic)
            .Described(
                "Tallies",
                summary,
                "One row for each group. The rows of regional groups add up to the tally; the rows of blocs overlap. For past moments, the current groups are used, except memberships with dates. CSV is returned for `Accept: text/csv` and for the ending `.csv`."
            )
            .Takes(TallyParameters.By, PastCount.AsOfParameter, TallyParameters.IncludeTally, Lang.Parameter)
            .ReadsConditionally()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    protected async Task Respond(bool csv)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var grouping = query.ReadGrouping(TallyParameters.By, referenceData);
        var language = query.ReadLanguage();
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        var form = new BreakdownForm(csv, language, query.Read(TallyParameters.IncludeTally) is not null);
        if (form.WithTally && csv)
        {
            query.Wrong(TallyParameters.IncludeTally, "is for JSON only, because a CSV table has one kind of rows");
        }
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
            var uncached = new Representation(
                BreakdownRepresentation.Bytes(past, grouping!, form),
                past.StateName,
                BreakdownRepresentation.Format(form)
            );
            await ConditionalResponse.Send(HttpContext, uncached, isPublic: false, live.Age);
            return;
        }
        var representation = BreakdownRepresentation.Of(snapshot, grouping!, form);
        await ConditionalResponse.Send(HttpContext, representation, snapshot.IsPublic(), live.Age);
    }
}
