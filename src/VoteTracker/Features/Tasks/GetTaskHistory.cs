using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Shows every version of a task.</summary>
internal sealed class GetTaskHistory(Db db) : EndpointWithoutRequest<Results<Ok<Page<DeskTask>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/tasks/{id}/history");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Tasks",
                    "Shows every version of a task",
                    "The task as it was added, and after each change; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, TaskProblems.NotFoundDescription)
        );
    }

    public override async Task<Results<Ok<Page<DeskTask>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Number(PathParameters.Task);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(
            HttpContext,
            query,
            string.Create(CultureInfo.InvariantCulture, $"history of task {id}")
        );
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var versions = await db.Read(async connection =>
            await TaskStore.Find(connection, id, caller) is null
                ? null
                : await TaskStore.ListHistory(connection, id, paging.AfterNumber, paging.Rows)
        );
        return versions is null
            ? TaskProblems.NotFound()
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    versions,
                    version => version,
                    version => version.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
