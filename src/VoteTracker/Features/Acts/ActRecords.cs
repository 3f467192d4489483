using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Acts;

/// <summary>Acts, as the endpoints of numbered records use them.</summary>
internal sealed class ActRecords(TeamMembers members) : NumberedRecords<StateAct, ActFields>("act", PathParameters.Act)
{
    public override Task<StateAct?> Find(DbConnection connection, long id, Caller caller) =>
        ActStore.Find(connection, id, caller);

    public override ActFields FieldsOf(StateAct record) => ActFields.FromContent(record);

    /// <summary>Checks the resolution of a new or changed act; null if it can be saved.</summary>
    public async Task<ProblemHttpResult?> FindFault(Write write, Caller caller, ActContent content, StateAct? current)
    {
        var named = new NamedRecords(write, caller, members);
        if (content.Resolution != current?.Resolution)
        {
            await named.CheckResolution("resolution", content.Resolution);
        }
        return named.Problem;
    }

    public override async Task<(StateAct? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        StateAct current,
        ActFields fields
    )
    {
        var content = fields.ToContent();
        return await FindFault(write, caller, content, current) is { } problem
            ? (null, problem)
            : (await ActStore.Update(write, caller, current, content), null);
    }

    public override Task Delete(Write write, Caller caller, StateAct current) =>
        ActStore.Delete(write, caller, current);
}
