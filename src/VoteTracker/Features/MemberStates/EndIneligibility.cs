using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>Takes an ineligibility away: the member may vote.</summary>
internal sealed class EndIneligibility(Db db, ReferenceData facts)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/member-states/{iso3}/ineligibility");
        Description(route =>
            route
                .Requires(Right.ManageEligibility)
                .Described(
                    "Member states",
                    "Takes an ineligibility away",
                    "Every text that is still to be voted on is counted anew. What a tally was as of a moment before stays as it was."
                )
                .Writes()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No member state of today has that code, or no ineligibility of it is entered."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        if (facts.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3, facts.Roster.Find(iso3)?.Kind);
        }
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await IneligibilityChange.End(write, iso3) == 0)
            {
                return Problems.NotFound($"No ineligibility of {iso3} is entered.");
            }
            await IneligibilityChange.Publish(write, caller, iso3);
            return TypedResults.NoContent();
        });
    }
}
