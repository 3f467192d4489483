using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Lists the votes of a member, the newest first.</summary>
internal sealed class ListVotesOfMember(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<VoteOfMember>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/member-states/{iso3}/votes");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Lists the votes of a member",
                    "The roll calls of the UN's record that name the member, the newest first. `?source=all` adds those that the campaign entered on other resolutions, marked in `source`. Former members have their own codes. Votes that were announced without names are in no list."
                )
                .TakesPartOfRecord()
                .Pages()
                .Fails(StatusCodes.Status404NotFound, "No current or former member has that code.")
        );
    }

    public override async Task<Results<Ok<Page<VoteOfMember>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var kind = referenceData.Roster.Find(iso3)?.Kind;
        if (kind is null or SeatKind.Observer)
        {
            return Problems.NotFound(
                kind is null
                    ? $"No current or former member has the code {SafeText.Quote(iso3)}: ISO 3166-1 alpha-3."
                    : $"{iso3} is an observer, and an observer has no vote."
            );
        }
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"votes of {iso3}");
        var part = RecordFilter.Parse(query, clock.GetUtcNow());
        var (before, than) = PlaceOf(paging);
        var votes = await db.Read(async connection =>
        {
            await part.Check(connection, query, Caller.FromContext(HttpContext), clock.GetUtcNow());
            return query.Problem is null
                ? await VoteOfMember.List(connection, iso3, part, before, than, paging.Rows)
                : [];
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return TypedResults.Ok(
            paging.Page(HttpContext, votes, vote => vote, vote => $"{vote.RecordedOn:O} {vote.Resolution}")
        );
    }

    private static (DateOnly Before, string Than) PlaceOf(Paging paging) =>
        paging.After?.Split(' ') is [var day, var id]
            ? (DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture), id)
            : (DateOnly.MaxValue, "");
}
