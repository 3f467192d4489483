using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Adds a veto.</summary>
internal sealed class AddCouncilVeto(Db db, VetoRecords records)
    : Endpoint<CouncilVetoFields, Results<Created<CouncilVeto>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/council-vetoes");
        Description(route =>
            route
                .Requires(Right.ManageSessions)
                .AcceptsIdempotencyKey()
                .Described(
                    "Council vetoes",
                    "Adds a veto",
                    "A draft of the Security Council with the permanent members that voted against it, and the session that it led to. Everybody can read it."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, "The veto of this draft on this day is already recorded.")
        );
    }

    public override async Task<Results<Created<CouncilVeto>, ProblemHttpResult>> ExecuteAsync(
        CouncilVetoFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        return await db.Once(HttpContext)
            .Write<Results<Created<CouncilVeto>, ProblemHttpResult>>(async write =>
            {
                if (await records.FindFault(write, caller, request, current: null) is { } problem)
                {
                    return problem;
                }
                var veto = await VetoStore.Insert(write, caller, request);
                ETags.Set(HttpContext, ETags.FromVersion(veto.Version));
                return TypedResults.Created($"/v1/council-vetoes/{veto.Id}", veto);
            });
    }
}
