using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Features.Milestones;

/// <summary>Lists the timetable of a resolution.</summary>
internal sealed class ListMilestones(Db db) : EndpointWithoutRequest<Results<Ok<Page<Milestone>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/milestones");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Timetable",
                    "Lists the milestones of a resolution",
                    "In the order of their days and hours. Without a key, only milestones that are public, of a resolution that is public. Notes are for lobbyists and up."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<Milestone>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"milestones of {id}");
        var found = await db.Read(async connection =>
        {
            await RouteResolution.Load(connection, id, caller);
            return await MilestoneStore.List(connection, id, caller, ReadPlace(paging.After), paging.Rows);
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(paging.Page(HttpContext, found, milestone => milestone, WritePlace));
    }

    private static string WritePlace(Milestone milestone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{milestone.PlannedOn:O} {milestone.PlannedAt ?? ""} {milestone.Id}"
        );

    private static (DateOnly Day, string Hour, long Id)? ReadPlace(string? after) =>
        after?.Split(' ') is [var day, var hour, var id]
            ? (
                DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture),
                hour,
                long.Parse(id, CultureInfo.InvariantCulture)
            )
            : null;
}
