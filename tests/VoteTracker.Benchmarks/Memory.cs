using System.Globalization;

namespace VoteTracker.Benchmarks;

/// <summary>Resident memory after a million polls, compared with that after a hundred thousand.</summary>
internal static class Memory
{
    public static async Task Run(Length length)
    {
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        var tally = new Uri(ours.Address, Campaign.Tally);
        var most = length == Length.Full ? 1_000_000 : 100_000;
        var early = await After(ours, tally, 0, most / 10);
        var late = await After(ours, tally, early.Polls, most);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"memory: {late.Megabytes:0.0} MB after {late.Polls:N0} polls; {early.Megabytes:0.0} MB after {early.Polls:N0}; ratio {late.Megabytes / early.Megabytes:0.00}"
            )
        );
    }

    private static async Task<(long Polls, double Megabytes)> After(Server server, Uri tally, long polls, long until)
    {
        while (polls < until)
        {
            polls += (await Wrk.Load(tally, TimeSpan.FromSeconds(1))).Requests;
        }
        return (polls, Machine.Resident(server.Id) / 1e6);
    }
}
