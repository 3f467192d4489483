using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Changes fields of a resolution.</summary>
internal sealed class ChangeResolution(Db db)
    : Endpoint<MergePatch<ResolutionFields>, Results<Ok<Resolution>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Patch("/v1/resolutions/{id}");
        RequestBinder(new MergePatchBinder<ResolutionFields>());
        Description(route =>
            route
                .TakesPatchOf<ResolutionFields>()
                .Requires(Right.ManageResolutions)
                .Described(
                    "Resolutions",
                    "Changes a resolution",
                    "A JSON merge patch (RFC 7396): fields that are named are set, null takes one away, the others stay. Session and id never change. `adopted` and `not-adopted` need a recorded vote; once there is one, no other status can be."
                )
                .Conditional<Resolution>()
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The text would belong to itself, or the status does not go with the record; `type` tells which."
                )
        );
    }

    public override async Task<Results<Ok<Resolution>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<ResolutionFields> patch,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<Resolution>, ProblemHttpResult>>(async write =>
        {
            if (await Resolution.Find(write.Connection, id) is not { } standing)
            {
                return Problems.NoResolution(id);
            }
            var session = (await Session.Find(write.Connection, standing.Session, write.Now))!;
            var fields = patch.ApplyTo(FieldsOf(standing)).WithDefaults<ResolutionFields>(session);
            if (fields.Parent is not null && await IsBelow(write, fields.Parent, id))
            {
                return ResolutionFields.ParentLoop(id);
            }
            var errors = await fields.Check(write.Connection, session);
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            if (StatusConflict(standing, fields.Status!.Value) is { } conflict)
            {
                return conflict;
            }
            if (!seen.Holds(standing.Version, nothing: false))
            {
                return seen.VersionConflict(standing.For(caller), standing.Version);
            }
            await Change.Raise(write, caller, ChangeKind.Resolution, id);
            await Update(write, id, fields);
            await Change.KeepFields(write, id);
            var changed = (await Resolution.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }

    private static ResolutionFields FieldsOf(Resolution resolution) =>
        new()
        {
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            Kind = resolution.Kind,
            Parent = resolution.Parent,
            Rule = resolution.Rule,
            Status = resolution.Status,
            VoteOn = resolution.VoteOn,
            Order = resolution.Order,
            Visibility = resolution.Visibility,
        };

    private static ProblemHttpResult? StatusConflict(Resolution standing, ResolutionStatus status)
    {
        var voted = standing.Basis is Basis.RecordedVotes or Basis.Announced;
        var needsVote = status is ResolutionStatus.Adopted or ResolutionStatus.NotAdopted;
        return voted == needsVote ? null
            : voted ? ConflictTypes.StatusOfVote.Create()
            : ConflictTypes.StatusWithoutVote.Create();
    }

    // Walks up from the parent; what it meets is a tree, so the walk ends.
    private static async Task<bool> IsBelow(Write write, string parent, string id) =>
        await write.Connection.ExecuteScalarAsync<long>(
            """
            WITH RECURSIVE above (id, parent) AS (
                SELECT id, parent FROM resolution WHERE id = @parent
                UNION
                SELECT r.id, r.parent FROM resolution r JOIN above a ON r.id = a.parent
            )
            SELECT COUNT(*) FROM above WHERE id = @id
            """,
            new { parent, id }
        ) > 0;

    private static Task Update(Write write, string id, ResolutionFields fields) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET symbol = @Symbol, title = @Title, kind = @kind, parent = @Parent, rule = @rule, status = @status,
                vote_on = @VoteOn, vote_order = @Order, visibility = @visibility
            WHERE id = @id
            """,
            new
            {
                id,
                fields.Symbol,
                fields.Title,
                kind = EnumWord<ResolutionKind>.ToWord(fields.Kind),
                fields.Parent,
                rule = EnumWord<MajorityRule>.ToWord(fields.Rule),
                status = EnumWord<ResolutionStatus>.ToWord(fields.Status),
                fields.VoteOn,
                fields.Order,
                visibility = EnumWord<Visibility>.ToWord(fields.Visibility),
            }
        );
}
