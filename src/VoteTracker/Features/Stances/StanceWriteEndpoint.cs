using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Base class of PUT and PATCH of a stance: precondition, checks, the change and its history.</summary>
internal abstract class StanceWriteEndpoint<TRequest>(Db db, ReferenceData referenceData)
    : Endpoint<TRequest, Results<Ok<Stance>, ProblemHttpResult>>
    where TRequest : notnull
{
    protected const string Path = "/v1/resolutions/{id}/stances/{iso3}";

    protected static RouteHandlerBuilder Describe(RouteHandlerBuilder route) =>
        route
            .Conditional<Stance>()
            .Writes()
            .Fails(StatusCodes.Status404NotFound)
            .Fails(
                StatusCodes.Status409Conflict,
                "The member may not vote on the day of the vote, or the vote is over; see `type`."
            );

    /// <summary>The whole content to record: the request, with the fields of the current stance that it does not change.</summary>
    protected abstract RecordStanceRequest ContentOf(TRequest request, Stance current);

    public override async Task<Results<Ok<Stance>, ProblemHttpResult>> ExecuteAsync(
        TRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Stance>, ProblemHttpResult>>(async write =>
        {
            if (StanceStore.FindForUpdate(write.Connection, id, iso3) is not { } found)
            {
                return Problems.NoResolution(id);
            }
            if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member } member)
            {
                return StanceProblems.NoStance(referenceData, iso3);
            }
            if (found.IsVoteOver)
            {
                return StanceProblems.VoteIsOver(found.Status);
            }
            if (found.FindExclusion(member, write.Now) is { } exclusion)
            {
                return IneligibilityProblems.MayNotVote(exclusion);
            }
            var current = found.Stance;
            if (!seen.Holds(current.Version, nothing: current.Position == Position.Unknown))
            {
                return seen.VersionConflict(current.For(caller), current.Version);
            }
            var content = ContentOf(request, current);
            // The contact that the stance already names can have been erased since then.
            if (
                content.Contact is { } contact
                && contact != current.Contact
                && !await ContactStore.Exists(write.Connection, contact)
            )
            {
                return Problems.Invalid("contact", "must be the id of a contact");
            }
            var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance(id, iso3, content.ToContent(), version, caller.Label, at);
            StanceStore.Save(write, stance, content.Reason);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.Ok(stance);
        });
    }
}
