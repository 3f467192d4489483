using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tallies;

/// <summary>Compares a tally at two moments: the moves, and the effect of each move on the margin.</summary>
internal sealed class GetDiff(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Localized<TallyDiff>, ProblemHttpResult>>
{
    private static readonly SinceParameter FromParameter = new(
        "from",
        "The first moment. By default, and for any earlier moment, the moment when the resolution was opened.",
        "2026-11-21T00:00:00Z"
    )
    {
        Type = typeof(DateTimeOffset),
    };

    private static readonly PastMomentParameter ToParameter = new(
        "to",
        "The second moment. By default, and for any moment in the future, now.",
        "2026-11-21T22:10:00Z"
    )
    {
        IsUpperBound = true,
    };

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/diff");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Compares a tally at two moments",
                    "The members whose position changed, with the last author and reason, and the effect on the margin. The effects add up to the change of the margin. Moves of members are weighted with the earlier rule. A change of the rule, of eligibility or of membership is a move of its own. A position that changed and changed back is not listed. Without a key it needs the visibility `positions`. It then has the state, the positions and the effect of each move, without certainty, author, moment, reason and evidence. `counting=confirmed` needs a key."
                )
                .Takes(FromParameter, ToParameter, TallyParameters.Counting, Lang.Parameter)
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "The caller can see no resolution with this id, or it did not exist yet at `to`."
                )
        );
    }

    public override async Task<Results<Localized<TallyDiff>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        var now = clock.Moment();
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var from = query.Read(FromParameter, now);
        var to = query.Read(ToParameter, now);
        var counting = query.Read(TallyParameters.Counting) ?? Counting.All;
        if (from > to)
        {
            query.Wrong(ToParameter, "must not be before from");
        }
        return await db.Read<Results<Localized<TallyDiff>, ProblemHttpResult>>(async connection =>
        {
            var resolution = await RouteResolution.Load(
                connection,
                id,
                HttpContext,
                (_, found) =>
                    counting == Counting.All ? caller.SeesPositions(found.Visibility) : caller.May(Right.SeeStances)
            );
            if (query.Problem is { } problem)
            {
                return problem;
            }
            return
                await TallyDiff.Load(connection, referenceData, resolution, caller, from, to ?? now, counting)
                    is { } diff
                ? Localized.Ok(diff, language)
                : Problems.NoResolutionThen(id);
        });
    }
}
