using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>Lists the team: the holders of valid keys.</summary>
internal sealed class ListTeam(Db db, TeamMembers members)
    : EndpointWithoutRequest<Results<Ok<Page<TeamMember>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/team");
        Description(route =>
            route
                .Requires(Right.SeeTeam)
                .Described(
                    "API keys",
                    "Lists the team",
                    "The labels and roles of the keys that are valid now, in the order of the labels. Each label is a name that an `assignee` can have. The list has no ids, and nothing about a key itself."
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<TeamMember>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "team");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var team = await db.Read(connection => members.Load(connection, caller));
        var rest = team.Members.Where(member =>
            paging.After is null || string.CompareOrdinal(member.Label, paging.After) > 0
        );
        return TypedResults.Ok(
            paging.Page(HttpContext, rest.Take(paging.Rows), member => member, member => member.Label)
        );
    }
}
