using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;

namespace VoteTracker.Features.Calendars;

/// <summary>Revokes a link to a calendar.</summary>
internal sealed class RevokeCalendar(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/calendars/{id}");
        Description(route =>
            route
                .Requires(Right.UseCalendars)
                .Described(
                    "Timetable",
                    "Revokes a link to a calendar",
                    "From then on its address is a 404. The list still has it. A repetition changes nothing. The holder of a key revokes personal links; coordinators and up revoke those of resolutions. The personal links of a label end with its key."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound, "The caller sees no link with this id.")
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Calendar);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
            await CalendarStore.Revoke(write, caller, id)
                ? TypedResults.NoContent()
                : Problems.NotFound("There is no link to a calendar with this id.")
        );
    }
}
