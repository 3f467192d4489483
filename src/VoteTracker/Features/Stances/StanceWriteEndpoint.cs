using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>What PUT and PATCH of a stance share: conditions, checks, the change and its history.</summary>
internal abstract class StanceWriteEndpoint<TRequest>(Db db, ReferenceData facts)
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
                "The member may not vote on the day of the vote, or the vote is over; `type` tells which."
            );

    /// <summary>The whole content that the request asks for, with the fields of the current stance that it keeps.</summary>
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
            var found = await StanceForUpdate.Load(write.Connection, facts, id, iso3, write.Now);
            if ((found.VoteOver ?? found.NotEligible) is { } refusal)
            {
                return refusal;
            }
            var current = found.Stance;
            if (!seen.Holds(current.Version, nothing: current.Position == Position.Unknown))
            {
                return seen.VersionConflict(current.For(caller), current.Version);
            }
            var content = ContentOf(request, current);
            // A contact that the stance already names may have been erased since.
            if (
                content.Contact is { } contact
                && contact != current.Contact
                && !await Contact.Exists(write.Connection, contact)
            )
            {
                return Problems.Invalid("contact", "must be the id of a contact");
            }
            var (version, at) = await Change.Raise(write, caller, ChangeKind.Stance, id, iso3);
            var stance = new Stance
            {
                Resolution = id,
                MemberState = iso3,
                Position = content.Position!.Value,
                Certainty = content.Certainty,
                Evidence = content.Evidence,
                EvidenceUrl = content.EvidenceUrl,
                Note = content.Note,
                Contact = content.Contact,
                Version = version,
                ChangedBy = caller.Label,
                ChangedAt = at,
            };
            await StanceHistory.Insert(write, stance, content.Reason);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.Ok(stance);
        });
    }
}
