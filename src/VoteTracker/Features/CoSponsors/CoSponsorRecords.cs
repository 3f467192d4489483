using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Features.Versioned;
using VoteTracker.Live;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Co-sponsors, as the endpoints of records of states use them.</summary>
internal sealed class CoSponsorRecords(ReferenceData referenceData) : StateRecords<CoSponsor>(referenceData)
{
    public override ProblemHttpResult NotFound(string iso3) => CoSponsorProblems.NotAmongThem(iso3);

    public override Task<CoSponsor?> Find(DbConnection connection, string id, string iso3) =>
        CoSponsorStore.Find(connection, id, iso3);
}
