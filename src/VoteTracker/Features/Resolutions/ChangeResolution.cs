using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Changes fields of a resolution.</summary>
internal sealed class ChangeResolution(Db db)
    : Endpoint<MergePatch<ResolutionFields>, Results<Ok<Resolution>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/resolutions/{id}");
        RequestBinder(new MergePatchBinder<ResolutionFields>());
        Description(route =>
            route
                .TakesPatchOf<ResolutionFields>()
                .Requires(Right.ManageResolutions)
                .Described(
                    "Resolutions",
                    "Changes a resolution",
                    MergePatchText.Description
                        + " Session and id never change. `adopted` and `not-adopted` need a recorded vote, and after a recorded vote no other status is possible."
                )
                .Conditional<Resolution>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The resolution would belong to itself, or the status contradicts the record; see `type`."
                )
        );
    }

    public override async Task<Results<Ok<Resolution>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<ResolutionFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Resolution>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } current)
            {
                return Problems.NoResolution(id);
            }
            var session = (await SessionStore.Find(write.Connection, current.Session, caller, write.Now))!;
            var fields = patch.ApplyTo(FieldsOf(current)).WithDefaults<ResolutionFields>(session);
            if (fields.Parent is not null && await ResolutionStore.IsAtOrBelow(write.Connection, fields.Parent, id))
            {
                return ResolutionProblems.ParentLoop(id);
            }
            var errors = await fields.FindErrors(write.Connection, session);
            if (await CoSponsorText.FindLater(write.Connection, id, fields.TextVersion) is { } later)
            {
                errors["textVersion"] =
                [
                    $"must not be before {later}, which a co-sponsor has signed or was asked for; correct the co-sponsor first",
                ];
            }
            if (await VoteMilestone.FindWrongVoteOn(write.Connection, current, fields.VoteOn) is { } wrong)
            {
                errors.TryAdd("voteOn", [wrong]);
            }
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            if (Contradicts(current, fields.Status!.Value))
            {
                return ResolutionProblems.StatusConflict(HasVote(current));
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current.For(caller), current.Version);
            }
            await ResolutionVersion.Raise(write, caller, ChangeKind.Resolution, id);
            await ResolutionStore.Update(write, id, fields);
            await ResolutionVersion.SaveFields(write, id);
            var changed = (await ResolutionStore.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed.For(caller));
        });
    }

    private static ResolutionFields FieldsOf(Resolution resolution) =>
        new()
        {
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            TextVersion = resolution.TextVersion,
            Kind = resolution.Kind,
            Parent = resolution.Parent,
            Rule = resolution.Rule,
            Status = resolution.Status,
            VoteOn = resolution.VoteOn,
            Order = resolution.Order,
            Visibility = resolution.Visibility,
        };

    // A status that says how the vote ended needs a recorded vote, and the other way round.
    private static bool Contradicts(Resolution resolution, ResolutionStatus status) =>
        HasVote(resolution) != (status is ResolutionStatus.Adopted or ResolutionStatus.NotAdopted);

    private static bool HasVote(Resolution resolution) => resolution.Basis is Basis.RecordedVotes or Basis.Announced;
}
