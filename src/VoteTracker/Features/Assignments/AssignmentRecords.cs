using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Features.Versioned;
using VoteTracker.Live;

namespace VoteTracker.Features.Assignments;

/// <summary>Assignments, as the endpoints of records of states use them.</summary>
internal sealed class AssignmentRecords(ReferenceData referenceData) : StateRecords<Assignment>(referenceData)
{
    public override ProblemHttpResult NotFound(string iso3) => AssignmentProblems.NotAssigned(iso3);

    public override Task<Assignment?> Find(DbConnection connection, string id, string iso3) =>
        AssignmentStore.Find(connection, id, iso3);
}
