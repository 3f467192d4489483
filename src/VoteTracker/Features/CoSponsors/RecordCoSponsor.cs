using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Records the status of a state as a co-sponsor.</summary>
internal sealed class RecordCoSponsor(Db db, CoSponsorRecords records)
    : RecordOfState<RecordCoSponsorRequest, CoSponsor>(db, records)
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Requires(Right.RecordCoSponsors)
                .Described(
                    "Co-sponsors",
                    "Records a co-sponsor",
                    "A member or observer with its status: wanted, approached, committed, signed or withdrawn; and with the text that it signed or was asked for. 201 if it was not recorded before."
                )
                .Conditional<CoSponsor>()
                .Writes()
                .Produces<CoSponsor>(StatusCodes.Status201Created)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, or no member or observer has that code."
                )
        );
    }

    protected override async Task<(CoSponsor? Saved, ProblemHttpResult? Problem)> Save(
        Write write,
        Caller caller,
        (string Id, string Iso3) place,
        RecordCoSponsorRequest request,
        CoSponsor? current
    )
    {
        var text = (await ResolutionStore.Find(write.Connection, place.Id))!.TextVersion;
        request = request.WithText(current, text);
        if (CoSponsorText.FindFault(request, text) is { } fault)
        {
            return (null, fault);
        }
        var content = request.ToContent().WithWithdrawal(current, NewYork.DayOf(write.Now));
        return (await CoSponsorStore.Save(write, caller, place.Id, place.Iso3, content), null);
    }
}
