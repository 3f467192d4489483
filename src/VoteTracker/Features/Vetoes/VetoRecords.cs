using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Versioned;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Vetoes, as the endpoints of numbered records use them.</summary>
internal sealed class VetoRecords(ReferenceData referenceData)
    : NumberedRecords<CouncilVeto, CouncilVetoFields>("veto", PathParameters.CouncilVeto)
{
    public override Task<CouncilVeto?> Find(DbConnection connection, long id, Caller caller) =>
        VetoStore.Find(connection, id, caller);

    public override CouncilVetoFields FieldsOf(CouncilVeto record) => CouncilVetoFields.FromVeto(record);

    /// <summary>Checks the fields of a new or changed veto; null if it can be saved.</summary>
    public async Task<ProblemHttpResult?> FindFault(
        Write write,
        Caller caller,
        CouncilVetoFields fields,
        CouncilVeto? current
    )
    {
        var errors = await VetoRules.FindErrors(write, caller, referenceData, fields);
        return errors.Count > 0 ? Problems.Invalid(errors)
            : await VetoStore.FindSame(write.Connection, fields, current?.Id) is { } same
                ? PreparationConflictTypes.DuplicateVeto.Create(fields.Draft, fields.On, same)
            : null;
    }

    public override async Task<(CouncilVeto? Changed, ProblemHttpResult? Problem)> Update(
        HttpContext http,
        Write write,
        Caller caller,
        CouncilVeto current,
        CouncilVetoFields fields
    ) =>
        await FindFault(write, caller, fields, current) is { } problem
            ? (null, problem)
            : (await VetoStore.Update(write, caller, current.Id, fields), null);

    public override Task Delete(Write write, Caller caller, CouncilVeto current) =>
        VetoStore.Delete(write, caller, current.Id);
}
