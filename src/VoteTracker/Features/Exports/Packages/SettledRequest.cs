using VoteTracker.Database;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>
/// A request with a moment of its own: the one that it names, or now. Every write that began before that moment has ended,
/// so reading as of it again gives the same.
/// </summary>
/// <param name="Request">The request as of that moment.</param>
/// <param name="IsSettled">Whether no later write can be known as of that moment.</param>
internal sealed record SettledRequest(ExportRequest Request, bool IsSettled)
{
    public static async Task<SettledRequest> Settle(Db db, ExportRequest request)
    {
        var settled = request.Moment;
        try
        {
            settled = await db.WriteBookkeeping(write => Task.FromResult(write.Now));
        }
        catch (WriteUnavailableException)
        {
            // If nothing can be written, no write is running.
        }
        var moment = request.AsOf ?? settled;
        return new SettledRequest(
            request with
            {
                AsOf = moment,
                Moment = moment,
            },
            (moment < settled && !request.IsAhead) || !request.IsPast
        );
    }
}
