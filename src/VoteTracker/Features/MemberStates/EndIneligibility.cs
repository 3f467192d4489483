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

/// <summary>Deletes an ineligibility, so that the member may vote.</summary>
internal sealed class EndIneligibility(Db db, ReferenceData referenceData)
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
                    "Deletes an ineligibility",
                    "Every resolution before its vote is counted again. Tallies as of earlier moments do not change."
                )
                .Writes()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No current member state has that code, or no ineligibility of it is entered."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3, referenceData.Roster.Find(iso3)?.Kind);
        }
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            return await IneligibilityStore.Delete(write, caller, iso3)
                ? TypedResults.NoContent()
                : IneligibilityProblems.NotEntered(iso3);
        });
    }
}
