using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Pressures;

/// <summary>Records a pressure on a member.</summary>
internal sealed class RecordPressure(Db db, PressureRecords records)
    : Endpoint<PressureFields, Results<Created<StatePressure>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/pressures");
        Description(route =>
            route
                .Requires(Right.RecordPressures)
                .AcceptsIdempotencyKey()
                .Described(
                    "Support",
                    "Records a pressure on a member",
                    "What moves a member to vote in one way, such as a threat or aid. Lobbyists and up read it, and no public response has it. A forecast or a path uses it only with `pressure=true`. Without a resolution, it holds for every resolution."
                )
                .Writes()
                .AnswersETag()
        );
    }

    public override async Task<Results<Created<StatePressure>, ProblemHttpResult>> ExecuteAsync(
        PressureFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var content = request.ToContent();
        return await db.Once(HttpContext)
            .Write<Results<Created<StatePressure>, ProblemHttpResult>>(async write =>
            {
                if (await records.FindFault(write, caller, content, current: null) is { } problem)
                {
                    return problem;
                }
                var pressure = await PressureStore.Insert(write, caller, content);
                ETags.Set(HttpContext, ETags.FromVersion(pressure.Version));
                return TypedResults.Created($"/v1/pressures/{pressure.Id}", pressure);
            });
    }
}
