using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>Sums the endorsements by member state, regional group and kind.</summary>
internal sealed class SumEndorsements(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Localized<EndorsementSums>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only organisations of this member or observer.",
        "NOR"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only endorsements of this resolution.",
        "es-10-l-34"
    );

    private static readonly WordParameter<OrganisationKind> KindParameter = new(
        "kind",
        "Only organisations of this kind."
    );

    public override void Configure()
    {
        Get("/v1/endorsements/summary");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Support",
                    "Sums the endorsements by state, region and kind",
                    "Without a key, only those that are public are counted."
                )
                .Takes(MemberStateParameter, ResolutionParameter, KindParameter, Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest)
        );
    }

    public override async Task<Results<Localized<EndorsementSums>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var filter = new EndorsementFilter
        {
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer),
            Resolution = query.Read(ResolutionParameter),
            Kind = query.Read(KindParameter),
        };
        var counts = await db.Read<IReadOnlyList<EndorsementCount>>(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            return query.Problem is null ? await EndorsementStore.Count(connection, filter, caller) : [];
        });
        return query.Problem is { } problem
            ? problem
            : Localized.Ok(EndorsementSums.FromCounts(counts, referenceData.Groups.RegionOf), language);
    }
}
