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

/// <summary>Shows the ineligibility of a member.</summary>
internal sealed class GetIneligibility(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Ineligibility>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/member-states/{iso3}/ineligibility");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Member states",
                    "Shows a member's ineligibility",
                    "The entry of a coordinator; 404 if there is none. The note is for viewers and up."
                )
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No current member state has that code, or no ineligibility of it is entered."
                )
        );
    }

    public override async Task<Results<Ok<Ineligibility>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member })
        {
            return Problems.NoMemberState(iso3, referenceData.Roster.Find(iso3)?.Kind);
        }
        return await db.Read(connection => IneligibilityStore.Find(connection, iso3)) is { } entry
            ? TypedResults.Ok(entry.For(caller))
            : IneligibilityProblems.NotEntered(iso3);
    }
}
