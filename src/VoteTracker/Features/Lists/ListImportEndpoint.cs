using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Lists;

/// <summary>Base class of the imports of lists: the limit, the dry run and its tag, around the comparison of each kind.</summary>
internal abstract class ListImportEndpoint<TSheet, TResult>(Db db)
    : Endpoint<TSheet, Results<Ok<TResult>, ProblemHttpResult>>
    where TSheet : notnull
{
    /// <summary>The database.</summary>
    protected Db Database => db;

    /// <summary>The resolution that the list belongs to; null if it belongs to none.</summary>
    protected virtual string? Resolution => HttpContext.Part(PathParameters.Resolution);

    /// <summary>Compares the list with the current data, in the transaction that changes it.</summary>
    protected abstract Task<(IListEdits<TResult>? Edits, ProblemHttpResult? Problem)> Compare(
        ListWrite write,
        TSheet sheet
    );

    public override async Task<Results<Ok<TResult>, ProblemHttpResult>> ExecuteAsync(TSheet sheet, CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var dryRun = query.Read(ListRequest.DryRunParameter);
        var max = query.Read(ListRequest.MaxParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var seen = DryRunTag.FromRequest(HttpContext.Request);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Ok<TResult>, ProblemHttpResult>>(
            dryRun,
            async write =>
            {
                var (edits, refusal) = await Compare(new ListWrite(write, caller, dryRun), sheet);
                if (edits is null)
                {
                    return refusal!;
                }
                refusal = ListRequest.CheckMax(edits.Lines.DistinctBy(line => line.Line).Count(), max);
                if (refusal is null && seen is not null)
                {
                    refusal = await seen.FindConflict(write.Connection, Resolution, edits.Lines);
                }
                if (refusal is not null)
                {
                    return refusal;
                }
                if (dryRun)
                {
                    ETags.Set(HttpContext, (await DryRunTag.Find(write.Connection)).Text);
                }
                return TypedResults.Ok(await edits.Save());
            }
        );
    }
}

/// <summary>The write of an import, its author, and whether it is rolled back.</summary>
internal sealed record ListWrite(Write Write, Caller Caller, bool IsDryRun);

/// <summary>The changes of a list without a fault, before they are saved.</summary>
internal interface IListEdits<TResult>
{
    /// <summary>The lines that change something, with each thing that they change.</summary>
    IReadOnlyList<ComparedLine> Lines { get; }

    /// <summary>Saves the changes, and returns the response.</summary>
    Task<TResult> Save();
}
