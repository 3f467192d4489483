using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Versioned;

/// <summary>Base class of GET of one record.</summary>
internal abstract class ShowNumbered<TRecord, TFields>(Db db, NumberedRecords<TRecord, TFields> records)
    : EndpointWithoutRequest<IResult>
    where TRecord : class, IVersioned
    where TFields : class
{
    public override async Task<IResult> ExecuteAsync(CancellationToken ct)
    {
        var id = records.NumberOf(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Read(connection => records.FindIn(HttpContext, connection, id, caller)) is { } found
            ? ETags.Answer(HttpContext, found, ETags.FromVersion(found.Version))
            : records.NotFound();
    }
}

/// <summary>Base class of GET of the history of one record.</summary>
internal abstract class ShowHistory<TRecord, TFields>(Db db, RecordsWithHistory<TRecord, TFields> records)
    : EndpointWithoutRequest<Results<Ok<Page<TRecord>>, ProblemHttpResult>>
    where TRecord : class, IVersioned
    where TFields : class
{
    public override async Task<Results<Ok<Page<TRecord>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = records.NumberOf(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(
            HttpContext,
            query,
            string.Create(CultureInfo.InvariantCulture, $"history of {records.Name} {id}")
        );
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var versions = await db.Read(async connection =>
            await records.FindIn(HttpContext, connection, id, caller) is null
                ? null
                : await records.ListHistory(connection, id, caller, paging.AfterNumber, paging.Rows)
        );
        return versions is null
            ? records.NotFound()
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    versions,
                    version => version,
                    version => version.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}
