using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Live;

namespace VoteTracker.Features.Tallies;

/// <summary>Breaks a tally down by group, as CSV.</summary>
internal sealed class GetBreakdownCsv(Db db, ReferenceData referenceData, TallyCache live, TimeProvider clock)
    : BreakdownEndpoint(db, referenceData, live, clock)
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/breakdown.csv");
        Description(route =>
            Describe(route, "Breaks a tally down by group, as CSV")
                .Produces<string>(StatusCodes.Status200OK, Csv.MediaType)
        );
    }

    public override Task HandleAsync(CancellationToken ct) => Respond(csv: true);
}
