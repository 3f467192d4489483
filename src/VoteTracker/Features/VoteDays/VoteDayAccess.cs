using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;

namespace VoteTracker.Features.VoteDays;

/// <summary>Finds the vote day of a write, or why nothing can be written.</summary>
internal static class VoteDayAccess
{
    /// <summary>Finds a vote day whose votes can be entered.</summary>
    public static async Task<(VoteDayRow? Row, ProblemHttpResult? Problem)> FindOpen(Write write, string id)
    {
        var (_, row, problem) = await Find(write, id);
        return row is { State: not VoteDayStatus.Entering }
            ? (null, VoteDayProblems.Closed(row.State!.Value))
            : (row, problem);
    }

    /// <summary>Finds a vote day of a resolution whose vote is not recorded.</summary>
    public static async Task<(Resolution? Resolution, VoteDayRow? Row, ProblemHttpResult? Problem)> Find(
        Write write,
        string id
    )
    {
        if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
        {
            return (null, null, Problems.NoResolution(id));
        }
        if (VoteDayProblems.FindRecorded(resolution) is { } recorded)
        {
            return (resolution, null, recorded);
        }
        return await VoteDayStore.Find(write.Connection, id) is { State: not null } row
            ? (resolution, row, null)
            : (resolution, null, VoteDayProblems.NotFound(id));
    }
}
