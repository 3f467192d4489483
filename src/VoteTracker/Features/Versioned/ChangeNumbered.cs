using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Security;

namespace VoteTracker.Features.Versioned;

/// <summary>Base class of PATCH of one record.</summary>
internal abstract class ChangeNumbered<TRecord, TFields>(Db db, NumberedRecords<TRecord, TFields> records)
    : Endpoint<MergePatch<TFields>, Results<Ok<TRecord>, ProblemHttpResult>>
    where TRecord : class, IVersioned
    where TFields : class
{
    public override async Task<Results<Ok<TRecord>, ProblemHttpResult>> ExecuteAsync(
        MergePatch<TFields> patch,
        CancellationToken ct
    )
    {
        var id = records.NumberOf(HttpContext);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<TRecord>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await records.FindIn(HttpContext, write.Connection, id, caller) is not { } current)
            {
                return records.NotFound();
            }
            var fields = patch.ApplyTo(records.FieldsOf(current));
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            var (changed, problem) = await records.Update(HttpContext, write, caller, current, fields);
            if (changed is null)
            {
                return problem!;
            }
            ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
            return TypedResults.Ok(changed);
        });
    }
}

/// <summary>Base class of DELETE of one record.</summary>
internal abstract class DeleteNumbered<TRecord, TFields>(Db db, NumberedRecords<TRecord, TFields> records)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
    where TRecord : class, IVersioned
    where TFields : class
{
    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = records.NumberOf(HttpContext);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await records.FindIn(HttpContext, write.Connection, id, caller) is not { } current)
            {
                return records.NotFound();
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            write.EraseLog();
            await records.Delete(write, caller, current);
            return TypedResults.NoContent();
        });
    }
}
