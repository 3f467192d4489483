using System.Data.Common;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Versioned;

/// <summary>
/// A kind of record that a resolution has for a member or observer: co-sponsors, assignments. The endpoints of all kinds
/// share their steps, and this has what differs.
/// </summary>
internal abstract class StateRecords<TRecord>(ReferenceData referenceData)
    where TRecord : class, IVersioned
{
    /// <summary>404: the state has no such record.</summary>
    public abstract ProblemHttpResult NotFound(string iso3);

    /// <summary>Finds the record of a state; null if it has none.</summary>
    public abstract Task<TRecord?> Find(DbConnection connection, string id, string iso3);

    /// <summary>404 if there is no such resolution, or no such member or observer; null if both exist.</summary>
    public async Task<ProblemHttpResult?> FindFault(DbConnection connection, string id, string iso3) =>
        await ResolutionStore.Find(connection, id) is null ? Problems.NoResolution(id)
        : referenceData.Roster.Find(iso3) is { Kind: SeatKind.Member or SeatKind.Observer } ? null
        : Problems.NoState(iso3);
}

/// <summary>Base class of PUT of the record of a state.</summary>
internal abstract class RecordOfState<TRequest, TRecord>(Db db, StateRecords<TRecord> records)
    : Endpoint<TRequest, Results<Ok<TRecord>, Created<TRecord>, ProblemHttpResult>>
    where TRequest : notnull
    where TRecord : class, IVersioned
{
    /// <summary>Saves a valid request as a change; or returns the problem.</summary>
    protected abstract Task<(TRecord? Saved, ProblemHttpResult? Problem)> Save(
        Write write,
        Caller caller,
        (string Id, string Iso3) place,
        TRequest request,
        TRecord? current
    );

    public override async Task<Results<Ok<TRecord>, Created<TRecord>, ProblemHttpResult>> ExecuteAsync(
        TRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<TRecord>, Created<TRecord>, ProblemHttpResult>>(async write =>
        {
            if (await records.FindFault(write.Connection, id, iso3) is { } fault)
            {
                return fault;
            }
            var current = await records.Find(write.Connection, id, iso3);
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var (saved, problem) = await Save(write, caller, (id, iso3), request, current);
            if (saved is null)
            {
                return problem!;
            }
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, saved) : TypedResults.Ok(saved);
        });
    }
}

/// <summary>Base class of DELETE of the record of a state.</summary>
internal abstract class DeleteOfState<TRecord>(Db db, StateRecords<TRecord> records)
    : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
    where TRecord : class, IVersioned
{
    /// <summary>Deletes the record. Returns the version of the change.</summary>
    protected abstract Task<long> Delete(Write write, Caller caller, TRecord current);

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            if (await records.FindFault(write.Connection, id, iso3) is { } fault)
            {
                return fault;
            }
            if (await records.Find(write.Connection, id, iso3) is not { } current)
            {
                return records.NotFound(iso3);
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                return seen.VersionConflict(current, current.Version);
            }
            ETags.Set(HttpContext, ETags.FromVersion(await Delete(write, caller, current)));
            return TypedResults.NoContent();
        });
    }
}
