using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Changes fields of a co-sponsor.</summary>
internal sealed class ChangeCoSponsor(Db db, ReferenceData referenceData)
    : Endpoint<MergePatch<RecordCoSponsorRequest>, Results<Ok<CoSponsor>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/resolutions/{id}/co-sponsors/{iso3}");
        RequestBinder(new MergePatchBinder<RecordCoSponsorRequest>());
        Description(route =>
            route
                .TakesPatchOf<RecordCoSponsorRequest>()
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Changes a co-sponsor",
                    MergePatchText.Description
                        + " The result must be valid as a whole. Every PATCH is a change, also with the same content. A state that is not among the co-sponsors is a 404; PUT adds it."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound, CoSponsorProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<CoSponsor>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<RecordCoSponsorRequest> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<CoSponsor>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (!CoSponsor.MayCoSponsor(referenceData, iso3))
            {
                return Problems.NoState(iso3);
            }
            if (await CoSponsorStore.Find(write.Connection, id, iso3) is not { } current)
            {
                return CoSponsorProblems.NotAmongThem(iso3, "; PUT adds it");
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            // The day of a withdrawal ends with it. While it lasts, the patch keeps the day.
            var request = patch
                .ApplyTo(RecordCoSponsorRequest.FromContent(current) with { WithdrawnOn = null })
                .WithText(current, resolution.TextVersion);
            if (CoSponsorText.FindFault(request, resolution.TextVersion) is { } fault)
            {
                return fault;
            }
            var content = request.ToContent().WithWithdrawal(current, NewYork.DayOf(write.Now));
            var coSponsor = await CoSponsorStore.Save(write, caller, id, iso3, content);
            ETags.Set(HttpContext, ETags.FromVersion(coSponsor.Version));
            return TypedResults.Ok(coSponsor);
        });
    }
}
