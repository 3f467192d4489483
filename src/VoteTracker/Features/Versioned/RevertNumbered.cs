using System.Globalization;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Security;

namespace VoteTracker.Features.Versioned;

/// <summary>Base class of the endpoints that restore an earlier version of a record, as a new change.</summary>
internal abstract class RevertNumbered<TRecord, TFields>(Db db, RecordsWithHistory<TRecord, TFields> records)
    : Endpoint<RevertRequest, Results<Ok<TRecord>, ProblemHttpResult>>
    where TRecord : class, IVersioned
    where TFields : class
{
    public override async Task<Results<Ok<TRecord>, ProblemHttpResult>> ExecuteAsync(
        RevertRequest request,
        CancellationToken ct
    )
    {
        var id = records.NumberOf(HttpContext);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var version = request.Version!.Value;
        return await db.Once(HttpContext)
            .Write<Results<Ok<TRecord>, ProblemHttpResult>>(async write =>
            {
                write.OverwriteDeleted();
                write.Contact = Write.AnyContact;
                if (await records.FindIn(HttpContext, write.Connection, id, caller) is not { } current)
                {
                    return records.NotFound();
                }
                if (!seen.Holds(current.Version, nothing: false))
                {
                    return seen.VersionConflict(current, current.Version);
                }
                if (await records.FindVersion(write.Connection, id, caller, version) is not { } restored)
                {
                    return Problems.Invalid(
                        "version",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"must be a version of this {records.Name}, as in its history; found {version}"
                        )
                    );
                }
                var (changed, problem) = await records.Update(
                    HttpContext,
                    write,
                    caller,
                    current,
                    records.FieldsOf(restored)
                );
                if (changed is null)
                {
                    return problem!;
                }
                ETags.Set(HttpContext, ETags.FromVersion(changed.Version));
                return TypedResults.Ok(changed);
            });
    }
}

/// <summary>The version of a record to restore.</summary>
public sealed record RevertRequest
{
    /// <summary>A version of the record, as in its history.</summary>
    public long? Version { get; init; }
}

internal sealed class RevertValidator : AbstractValidator<RevertRequest>
{
    public RevertValidator() =>
        RuleFor(r => r.Version)
            .Required()
            .Must(version => version is null or >= 1)
            .WithMessage("must be a version of this record, as in its history");
}
