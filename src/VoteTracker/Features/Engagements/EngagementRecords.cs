using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Engagements, as the endpoints of numbered records use them.</summary>
internal sealed class EngagementRecords(TeamMembers members)
    : RecordsWithHistory<StateEngagement, EngagementFields>("engagement", PathParameters.Engagement)
{
    public override Task<StateEngagement?> Find(DbConnection connection, long id, Caller caller) =>
        EngagementStore.Find(connection, id, caller);

    public override Task<IEnumerable<StateEngagement>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) => EngagementStore.ListHistory(connection, id, caller, after, limit);

    public override EngagementFields FieldsOf(StateEngagement record) => EngagementFields.FromContent(record);

    public override async Task<(StateEngagement? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        StateEngagement current,
        EngagementFields fields
    )
    {
        if ((fields.Confidential ?? false) != current.Confidential && !current.MayHide(caller))
        {
            return (null, KeyProblems.RoleTooLow(http, caller, Right.SeeConfidential));
        }
        var named = new NamedRecords(write, caller, members);
        var content = await EngagementReferences.Read(named, fields, current);
        await EngagementMove.Check(write, named, current, content);
        if (named.Problem is { } problem)
        {
            return (null, problem);
        }
        write.EraseLog();
        var changed = await EngagementStore.Update(write, caller, current.Id, content);
        await EngagementMove.MoveTasks(write, caller, current, content);
        return (changed, null);
    }

    public override Task Delete(Write write, Caller caller, StateEngagement current) =>
        EngagementStore.Delete(write, caller, current);
}
