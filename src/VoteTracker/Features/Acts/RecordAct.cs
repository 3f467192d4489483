using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>Records a formal act of a state.</summary>
internal sealed class RecordAct(Db db, ActRecords records)
    : Endpoint<ActFields, Results<Created<StateAct>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/acts");
        Description(route =>
            route
                .Requires(Right.RecordSupport)
                .AcceptsIdempotencyKey()
                .Described(
                    "Support",
                    "Records a formal act of a state",
                    "An act that a public document shows, such as a declaration of intervention or an explanation of vote. Everybody can read it, unless it names a private resolution. `resolution` is optional."
                )
                .Writes()
                .AnswersETag()
        );
    }

    public override async Task<Results<Created<StateAct>, ProblemHttpResult>> ExecuteAsync(
        ActFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var content = request.ToContent();
        return await db.Once(HttpContext)
            .Write<Results<Created<StateAct>, ProblemHttpResult>>(async write =>
            {
                if (await records.FindFault(write, caller, content, current: null) is { } problem)
                {
                    return problem;
                }
                var act = await ActStore.Insert(write, caller, content);
                ETags.Set(HttpContext, ETags.FromVersion(act.Version));
                return TypedResults.Created($"/v1/acts/{act.Id}", act);
            });
    }
}
