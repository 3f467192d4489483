using System.Globalization;

namespace VoteTracker.Features.Doctor;

/// <summary>
/// The clock of the machine, compared with the last change of the database and with the clock of the database server. Past
/// states are found by moment, so a wrong clock writes wrong history.
/// </summary>
internal sealed class ClockCheck : ICheck
{
    private const string Check = "clock";
    private const string Advice = "Set the clock, and run a time service such as systemd-timesyncd or chrony.";

    // No release of this program is older.
    private const int FirstYear = 2025;
    private const int LastYear = 2100;

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostDifference = TimeSpan.FromMinutes(1);

    public Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        var now = examination.Clock.GetUtcNow();
        List<Finding> found = [];
        if (now.Year is < FirstYear or > LastYear)
        {
            found.Add(Finding.Error(Check, $"The clock shows {Text(now)}, which cannot be right.", Advice));
        }
        if (examination.Database.Content?.LastChange is { } last && last > now + Tolerance)
        {
            var message =
                $"The last change of the database is from {Text(last)}, and the clock shows {Text(now)}. One of both is wrong.";
            found.Add(
                last > now + MostDifference
                    ? Finding.Error(
                        Check,
                        message,
                        $"{Advice} If the clock is right, new changes get moments after the last one until it is reached."
                    )
                    : Finding.Warning(Check, message, Advice)
            );
        }
        if (examination.Database.Server is { } server)
        {
            var difference = (server.Now - server.ReadAt).Duration();
            if (difference > Tolerance)
            {
                var message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clocks of this machine and of the database server differ by {difference.TotalSeconds:N0} seconds."
                );
                found.Add(
                    difference > MostDifference
                        ? Finding.Error(Check, message, Advice)
                        : Finding.Warning(Check, message, Advice)
                );
            }
        }
        if (found.Count == 0)
        {
            found.Add(Finding.Ok(Check, $"The clock shows {Text(now)}, which agrees with the database."));
        }
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
