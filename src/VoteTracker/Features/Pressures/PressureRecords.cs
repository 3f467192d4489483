using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Pressures;

/// <summary>Pressures, as the endpoints of numbered records use them.</summary>
internal sealed class PressureRecords(TeamMembers members)
    : NumberedRecords<StatePressure, PressureFields>("pressure", PathParameters.Pressure)
{
    public override Task<StatePressure?> Find(DbConnection connection, long id, Caller caller) =>
        PressureStore.Find(connection, id);

    public override PressureFields FieldsOf(StatePressure record) => PressureFields.FromContent(record);

    /// <summary>Checks the resolution of a new or changed pressure; null if it can be saved.</summary>
    public async Task<ProblemHttpResult?> FindFault(
        Write write,
        Caller caller,
        PressureContent content,
        StatePressure? current
    )
    {
        var named = new NamedRecords(write, caller, members);
        if (content.Resolution != current?.Resolution)
        {
            await named.CheckResolution("resolution", content.Resolution);
        }
        return named.Problem;
    }

    public override async Task<(StatePressure? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        StatePressure current,
        PressureFields fields
    )
    {
        var content = fields.ToContent();
        return await FindFault(write, caller, content, current) is { } problem
            ? (null, problem)
            : (await PressureStore.Update(write, caller, current, content), null);
    }

    public override Task Delete(Write write, Caller caller, StatePressure current) =>
        PressureStore.Delete(write, caller, current);
}
