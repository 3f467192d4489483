using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.VoteDays;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.RollCalls;

/// <summary>Removes the roll call that the campaign entered. Queries of the past still have it.</summary>
internal sealed class RemoveRollCall(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/roll-call");
        Description(route =>
            route
                .Requires(Right.RecordRollCalls)
                .Described(
                    "Roll calls",
                    "Removes the campaign's roll call",
                    "For a vote that was entered by mistake. The UN's roll call counts again or, if there is none, the stances. The status and the day of the vote are restored, and a vote day is reopened. Queries as of a moment before the removal (`asOf`) still have the roll call. If-Match names the resolution's version."
                )
                .Conditional<RollCall>()
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "There is no resolution of that id, or no vote on it is recorded."
                )
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The only roll call is that of the UN's record, which cannot be removed."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (await RollCall.Find(write.Connection, referenceData, id) is not { } current)
            {
                return Problems.NotFound($"No vote on '{id}' is recorded.");
            }
            if (await Entered(write, id) is not { First: { } first } entered)
            {
                return ConflictTypes.LibraryRollCall.Create(id);
            }
            if (!seen.Holds(resolution.Version, nothing: false))
            {
                return seen.VersionConflict(current.For(caller), resolution.Version);
            }
            var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.RollCall, id);
            await write.Connection.ExecuteAsync(
                """
                UPDATE roll_call
                SET removed_at = @at, removed_by = @by
                WHERE resolution = @id AND source = 'campaign' AND removed_at IS NULL
                """,
                new
                {
                    id,
                    at,
                    by = caller.Label,
                }
            );
            if (entered.Library is null || entered.Library < first)
            {
                await RestoreFields(write, id, first);
            }
            await ResolutionVersion.SaveFields(write, id);
            await VoteDayStore.Reopen(write, caller, id);
            ETags.Set(HttpContext, ETags.FromVersion(version));
            return TypedResults.NoContent();
        });
    }

    // The first version of the campaign that no version of the UN's record follows, and the newest of the UN's record.
    private static Task<EnteredRow> Entered(Write write, string id) =>
        write.Connection.QuerySingleAsync<EnteredRow>(
            """
            SELECT
                CAST(COALESCE(
                    MIN(CASE WHEN c.source = 'campaign' AND c.version > l.newest THEN c.version END),
                    MIN(CASE WHEN c.source = 'campaign' THEN c.version END)
                ) AS BIGINT) AS first,
                CAST(MAX(CASE WHEN c.source = 'library' THEN c.version END) AS BIGINT) AS library
            FROM roll_call c
            CROSS JOIN (
                SELECT COALESCE(MAX(version), 0) AS newest
                FROM roll_call
                WHERE resolution = @id AND source = 'library'
            ) AS l
            WHERE c.resolution = @id AND c.removed_at IS NULL
            """,
            new { id }
        );

    // A vote sets the status and the day. Without it they are restored.
    private static Task<int> RestoreFields(Write write, string id, long first) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET (status, vote_on) = (
                SELECT f.status, f.vote_on
                FROM resolution_change f
                WHERE f.resolution = @id AND f.version < @first
                ORDER BY f.version DESC
                LIMIT 1
            )
            WHERE id = @id
            """,
            new { id, first }
        );

    private sealed record EnteredRow
    {
        public long? First { get; init; }
        public long? Library { get; init; }
    }
}
