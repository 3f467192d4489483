using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>The problems that endpoints for stances, scenarios and forecasts return.</summary>
internal static class StanceProblems
{
    /// <summary>409: after the vote only the record counts.</summary>
    public static ProblemHttpResult VoteIsOver(ResolutionStatus status) =>
        ConflictTypes.VoteIsOver.Create(EnumWord<ResolutionStatus>.ToWord(status));

    /// <summary>404: the state with the code in the path has no stance.</summary>
    public static ProblemHttpResult NoStance(ReferenceData referenceData, string iso3) =>
        Problems.NotFound($"iso3 in the path {StanceRules.DescribeNoStance(referenceData, iso3)}.");
}
