using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>Lists the endorsements that the caller may see.</summary>
internal sealed class ListEndorsements(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<Endorsement>>, ProblemHttpResult>>
{
    private static readonly TextParameter SearchParameter = new(
        "q",
        "Only organisations with these words in their name. Case and accents are ignored.",
        "teachers"
    );

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
        Get("/v1/endorsements");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Support",
                    "Lists the endorsements",
                    "In the order of the names, without case and accents. Without a key, the list has those that are public, and leaves out those of a private resolution."
                )
                .Takes(SearchParameter, MemberStateParameter, ResolutionParameter, KindParameter)
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<Endorsement>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "endorsements");
        var filter = new EndorsementFilter
        {
            Search = query.ReadSearch(SearchParameter),
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer),
            Resolution = query.Read(ResolutionParameter),
            Kind = query.Read(KindParameter),
        };
        var found = await db.Read<IReadOnlyList<Endorsement>>(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            return query.Problem is null
                ? await EndorsementStore.List(connection, filter, caller, ParsePlace(paging.After), paging.Rows)
                : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(paging.Page(HttpContext, found, endorsement => endorsement, ToPlace));
    }

    private static string ToPlace(Endorsement endorsement) =>
        string.Create(CultureInfo.InvariantCulture, $"{endorsement.Id} {Endorsement.KeyOf(endorsement.Organisation)}");

    private static (string Name, long Id)? ParsePlace(string? after) =>
        after?.Split(' ', 2) is [var id, var name] ? (name, long.Parse(id, CultureInfo.InvariantCulture)) : null;
}
