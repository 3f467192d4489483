using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Takes a state off the list of co-sponsors, as if it had never been on it; the history stays.</summary>
internal sealed class DeleteCoSponsor(Db db, ReferenceData facts)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Takes a co-sponsor off the list",
                    "For an entry made by mistake; a state that takes its name off is recorded as `withdrawn`."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, no member or observer that code, or it is not among the co-sponsors."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await Resolution.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!CoSponsor.MayCoSponsor(facts, iso3))
            {
                return Problems.NoState(iso3);
            }
            if (await CoSponsor.Find(write.Connection, id, iso3) is not { } standing)
            {
                return Problems.NotFound($"{iso3} is not among the co-sponsors.");
            }
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return seen.VersionConflict(standing, standing.Version);
            }
            var (version, at) = await Change.Raise(write, caller, ChangeKind.CoSponsor, id, iso3);
            await CoSponsor.KeepHistory(
                write,
                standing with
                {
                    Version = version,
                    ChangedBy = caller.Label,
                    ChangedAt = at,
                },
                takenAway: true
            );
            await write.Connection.ExecuteAsync(
                "DELETE FROM co_sponsor WHERE resolution = @id AND member_state = @iso3",
                new { id, iso3 }
            );
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }
}
