using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Endorsements, as the endpoints of numbered records use them.</summary>
internal sealed class EndorsementRecords(TeamMembers members)
    : NumberedRecords<Endorsement, EndorsementFields>("endorsement", PathParameters.Endorsement)
{
    public override Task<Endorsement?> Find(DbConnection connection, long id, Caller caller) =>
        EndorsementStore.Find(connection, id, caller);

    public override EndorsementFields FieldsOf(Endorsement record) => EndorsementFields.FromContent(record);

    /// <summary>Checks the content of a new or changed endorsement; null if it can be saved.</summary>
    public async Task<ProblemHttpResult?> FindFault(
        Write write,
        Caller caller,
        EndorsementContent content,
        Endorsement? current
    )
    {
        if (content.Resolution != current?.Resolution)
        {
            var named = new NamedRecords(write, caller, members);
            await named.CheckResolution("resolution", content.Resolution);
            if (named.Problem is { } problem)
            {
                return problem;
            }
        }
        return await EndorsementStore.FindSame(write.Connection, content) is { } same && same.Id != current?.Id
            ? EndorsementProblems.Duplicate(same)
            : null;
    }

    public override async Task<(Endorsement? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        Endorsement current,
        EndorsementFields fields
    )
    {
        var content = fields.ToContent();
        return await FindFault(write, caller, content, current) is { } problem
            ? (null, problem)
            : (await EndorsementStore.Update(write, caller, current, content), null);
    }

    public override Task Delete(Write write, Caller caller, Endorsement current) =>
        EndorsementStore.Delete(write, caller, current);
}
