using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Deletes a co-sponsor. Its history stays.</summary>
internal sealed class DeleteCoSponsor(Db db, CoSponsorRecords records) : DeleteOfState<CoSponsor>(db, records)
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Deletes a co-sponsor",
                    "For an entry made by mistake. If a state ends its support, record the status `withdrawn`."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(StatusCodes.Status404NotFound, CoSponsorProblems.NotFoundDescription)
        );
    }

    protected override Task<long> Delete(Write write, Caller caller, CoSponsor current) =>
        CoSponsorStore.Delete(write, caller, current);
}
