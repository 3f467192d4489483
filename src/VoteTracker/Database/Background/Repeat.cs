namespace VoteTracker.Database.Background;

/// <summary>Runs work of the service again and again.</summary>
internal static class Repeat
{
    /// <summary>Runs the work after each interval, until the service stops.</summary>
    /// <param name="interval">The time between two runs.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="work">The work. Its exceptions end the repetition, so it handles those that it expects.</param>
    /// <param name="stop">Ends the repetition, without an exception.</param>
    public static async Task Every(TimeSpan interval, TimeProvider clock, Func<Task> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await work();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
