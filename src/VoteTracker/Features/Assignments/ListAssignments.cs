using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Assignments;

/// <summary>Lists the assignments of a resolution.</summary>
internal sealed class ListAssignments(Db db, TeamMembers members)
    : EndpointWithoutRequest<Results<Ok<Page<Assignment>>, ProblemHttpResult>>
{
    private static readonly TextParameter AssigneeParameter = new(
        "assignee",
        "Only states of this team member: the label of a key, or `me`.",
        TeamMembers.Me
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/assignments");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Assignments",
                    "Lists the assignments",
                    "The states that are assigned to team members, in the order of their codes. The list of stances has the assignee of every member."
                )
                .Takes(AssigneeParameter)
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<Assignment>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"assignments of {id}");
        var rows = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            var assignee = await members.Read(query, AssigneeParameter, connection, caller);
            return await AssignmentStore.List(connection, id, assignee, paging.After, paging.Rows);
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(
                paging.Page(HttpContext, rows, assignment => assignment, assignment => assignment.MemberState)
            );
    }
}
