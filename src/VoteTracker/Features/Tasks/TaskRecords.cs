using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Tasks;

/// <summary>Tasks, as the endpoints of numbered records use them.</summary>
internal sealed class TaskRecords(TeamMembers members)
    : RecordsWithHistory<DeskTask, TaskFields>("task", PathParameters.Task)
{
    public override Task<DeskTask?> Find(DbConnection connection, long id, Caller caller) =>
        TaskStore.Find(connection, id, caller);

    public override Task<IEnumerable<DeskTask>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) => TaskStore.ListHistory(connection, id, caller, after, limit);

    public override TaskFields FieldsOf(DeskTask record) => TaskFields.FromContent(record);

    public override async Task<(DeskTask? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        DeskTask current,
        TaskFields fields
    )
    {
        var named = new NamedRecords(write, caller, members);
        var content = await TaskReferences.Read(named, fields.ToContent(), current);
        if (named.Problem is { } problem)
        {
            return (null, problem);
        }
        write.EraseLog();
        return (await TaskStore.Update(write, caller, current.Id, content), null);
    }

    public override Task Delete(Write write, Caller caller, DeskTask current) =>
        TaskStore.Delete(write, caller, current.Id);
}
