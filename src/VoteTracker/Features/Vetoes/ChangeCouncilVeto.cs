using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Changes fields of a veto.</summary>
internal sealed class ChangeCouncilVeto(Db db, ReferenceData referenceData)
    : Endpoint<MergePatch<CouncilVetoFields>, Results<Ok<CouncilVeto>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/council-vetoes/{id}");
        RequestBinder(new MergePatchBinder<CouncilVetoFields>());
        Description(route =>
            route
                .TakesPatchOf<CouncilVetoFields>()
                .Requires(Right.ManageSessions)
                .Described("Council vetoes", "Changes a veto", MergePatchText.Description)
                .Conditional<CouncilVeto>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, VetoRules.NotFoundDescription)
                .Fails(StatusCodes.Status409Conflict, "The veto of this draft on this day is already recorded.")
        );
    }

    public override async Task<Results<Ok<CouncilVeto>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<CouncilVetoFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Number(PathParameters.CouncilVeto);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<CouncilVeto>, ProblemHttpResult>>(async write =>
        {
            if (await VetoStore.Find(write.Connection, id, caller) is not { } current)
            {
                return Problems.NotFound("There is no such veto.");
            }
            var fields = patch.ApplyTo(CouncilVetoFields.FromVeto(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var errors = await VetoRules.FindErrors(write, caller, referenceData, fields);
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            if (await VetoStore.FindSame(write.Connection, fields, id) is { } same)
            {
                return PreparationConflictTypes.DuplicateVeto.Create(fields.Draft, fields.On, same);
            }
            var changed = await VetoStore.Update(write, caller, id, fields);
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}
