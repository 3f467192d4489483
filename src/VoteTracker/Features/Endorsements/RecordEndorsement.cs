using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Records the endorsement of an organisation.</summary>
internal sealed class RecordEndorsement(Db db, EndorsementRecords records)
    : Endpoint<EndorsementFields, Results<Created<Endorsement>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/endorsements");
        Description(route =>
            route
                .Requires(Right.RecordSupport)
                .AcceptsIdempotencyKey()
                .Described(
                    "Support",
                    "Records an endorsement",
                    "An organisation that supports the demand of the campaign, whichever it is, or one resolution. `organisation` and `public` are required. An organisation endorses once for each state and resolution: case, accents and punctuation of its name do not matter. Do not enter persons."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, EndorsementProblems.DuplicateDescription)
        );
    }

    public override async Task<Results<Created<Endorsement>, ProblemHttpResult>> ExecuteAsync(
        EndorsementFields request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        var content = request.ToContent();
        return await db.Once(HttpContext)
            .Write<Results<Created<Endorsement>, ProblemHttpResult>>(async write =>
            {
                if (await records.FindFault(write, caller, content, current: null) is { } problem)
                {
                    return problem;
                }
                var endorsement = await EndorsementStore.Insert(write, caller, content);
                ETags.Set(HttpContext, ETags.FromVersion(endorsement.Version));
                return TypedResults.Created($"/v1/endorsements/{endorsement.Id}", endorsement);
            });
    }
}
