using VoteTracker.Database;
using VoteTracker.Endpoints.Idempotency;

namespace VoteTracker.Features.Lists;

/// <summary>Thrown at the end of a write to roll it back, with the response of a dry run.</summary>
internal sealed class DryRunException(IResult result) : Exception
{
    public IResult Result => result;
}

/// <summary>Writes that a dry run rolls back.</summary>
internal static class DryRun
{
    /// <summary>Runs a write in one transaction. In a dry run, a success is rolled back and returned.</summary>
    public static async Task<T> Write<T>(this OnceWriter once, bool isDryRun, Func<Write, Task<T>> work)
        where T : IResult
    {
        try
        {
            return await once.Write(async write =>
            {
                var result = await work(write);
                return isDryRun ? throw new DryRunException(result) : result;
            });
        }
        catch (DryRunException done)
        {
            return (T)done.Result;
        }
    }
}
