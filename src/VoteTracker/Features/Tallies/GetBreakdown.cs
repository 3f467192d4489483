using VoteTracker.Database;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Live;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Breaks a tally down by group, as JSON, or as CSV if the Accept header prefers that.</summary>
internal sealed class GetBreakdown(Db db, ReferenceData referenceData, TallyCache live, TimeProvider clock)
    : BreakdownEndpoint(db, referenceData, live, clock)
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/breakdown");
        Description(route =>
            Describe(route, "Breaks a tally down by group")
                .Produces<Breakdown>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
        );
    }

    public override Task HandleAsync(CancellationToken ct) =>
        Respond(
            csv: ContentNegotiation.Choose(HttpContext.Request.Headers.Accept, "application/json", Csv.MediaType) == 1
        );
}
