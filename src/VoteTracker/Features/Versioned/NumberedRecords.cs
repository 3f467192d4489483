using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Versioned;

/// <summary>A record with a version, which every change raises.</summary>
internal interface IVersioned
{
    /// <summary>The version; the ETag.</summary>
    long Version { get; }
}

/// <summary>
/// A kind of record that has a number: engagements, tasks, endorsements. The endpoints of all kinds share their steps, and
/// this has what differs.
/// </summary>
/// <param name="name">The name of one record in messages.</param>
/// <param name="parameter">The part of the path with its number.</param>
internal abstract class NumberedRecords<TRecord, TFields>(string name, PathParameter parameter)
    where TRecord : class, IVersioned
    where TFields : class
{
    /// <summary>The name of one record in messages.</summary>
    public string Name => name;

    /// <summary>The number in the path of a request.</summary>
    public long NumberOf(HttpContext http) => http.Number(parameter);

    /// <summary>404: no record that this caller can see has the number.</summary>
    public ProblemHttpResult NotFound() => Problems.NotFound($"There is no such {name}.");

    /// <summary>Finds a record that a caller can see; null if there is none.</summary>
    public abstract Task<TRecord?> Find(DbConnection connection, long id, Caller caller);

    /// <summary>Finds the record of a request. A kind that belongs to a resolution also checks the resolution in the path.</summary>
    public virtual Task<TRecord?> FindIn(HttpContext http, DbConnection connection, long id, Caller caller) =>
        Find(connection, id, caller);

    /// <summary>The fields that a user sets, as they are in a record.</summary>
    public abstract TFields FieldsOf(TRecord record);

    /// <summary>Checks valid fields against the other records, and saves them as a change; or returns the problem.</summary>
    public abstract Task<(TRecord? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        TRecord current,
        TFields fields
    );

    /// <summary>Deletes a record, with its history if it has one.</summary>
    public abstract Task Delete(Write write, Caller caller, TRecord current);
}

/// <summary>A kind of numbered record whose versions stay readable.</summary>
/// <param name="name">The name of one record in messages.</param>
/// <param name="parameter">The part of the path with its number.</param>
internal abstract class RecordsWithHistory<TRecord, TFields>(string name, PathParameter parameter)
    : NumberedRecords<TRecord, TFields>(name, parameter)
    where TRecord : class, IVersioned
    where TFields : class
{
    /// <summary>Lists a page of the versions that a caller can see, the oldest first.</summary>
    public abstract Task<IEnumerable<TRecord>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    );

    /// <summary>Finds one version that a caller can see; null if there is none.</summary>
    public async Task<TRecord?> FindVersion(DbConnection connection, long id, Caller caller, long version) =>
        (await ListHistory(connection, id, caller, after: version - 1, limit: 1)).FirstOrDefault(found =>
            found.Version == version
        );
}
