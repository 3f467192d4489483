using System.Data.Common;
using System.Globalization;
using VoteTracker.Database.Background;

namespace VoteTracker.Database.Time;

/// <summary>
/// Compares the clock of the service with that of the machine every second. A small step is followed at once, a larger one
/// after a minute. A step of more than a day is followed only if there is a reason to believe it.
/// </summary>
internal sealed class WatchClock(
    TimeProvider clock,
    Db db,
    Maintenance maintenance,
    Settings settings,
    ILogger<WatchClock> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Corrections of the machine's clock are smaller.
    private static readonly TimeSpan SmallStep = TimeSpan.FromSeconds(1);

    // A wrong clock is often corrected within a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A machine can start with a wrong clock, and correct it when it has a network.
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    // After so long without a commit, the clock can be ahead, and rows only seem to be old.
    private static readonly TimeSpan LongIdle = TimeSpan.FromDays(30);

    private readonly SteadyClock? _clock = clock as SteadyClock;
    private DateTimeOffset _lastAtStart;
    private long _lastTicks;
    private bool _wasBehindAtStart;
    private long _started;
    private long? _deviatesSince;
    private long _lastDecision;
    private string? _doubt;

    /// <summary>What is wrong with the clock, as a sentence for the operator; null if nothing is.</summary>
    public string? Warning => Volatile.Read(ref _doubt) ?? Behind();

    /// <summary>Checks the clock at the start of the service, before the first commit.</summary>
    public async Task Start(DateTimeOffset last)
    {
        if (_clock is null)
        {
            return;
        }
        _started = _clock.GetTimestamp();
        if (await db.Engine.FindClock() is { } server && (_clock.MachineNow - server).Duration() > Patience)
        {
            _clock.Set(server);
            Doubt("is not that of the database server. The difference is", "Set one of them.");
        }
        _lastAtStart = last;
        SetLast(last);
        var idle = _clock.GetUtcNow() - last;
        _wasBehindAtStart = idle < -Patience;
        if (idle > LongIdle && last != default)
        {
            _clock.DeferDeletion(Settling);
            log.LogWarning(
                "The last commit is {Days} days old. If the clock is right, nothing is wrong. Deletion by age waits an hour.",
                (int)idle.TotalDays
            );
        }
        if (Behind() is { } behind)
        {
            log.LogError("{Fault}", behind);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _clock is null ? Task.CompletedTask : Repeat.Every(Interval, _clock, () => Compare(_clock), stoppingToken);

    private async Task Compare(SteadyClock own)
    {
        if (own.Deviation.Duration() <= SmallStep)
        {
            own.FollowMachine();
            if (_deviatesSince is not null)
            {
                log.LogInformation("The clock of the machine agrees again.");
                EndDoubt(own);
            }
            return;
        }
        if (_deviatesSince is not { } since)
        {
            Doubt("made a step of", "Set the clock of the machine; if it is right, restart the service.");
        }
        else if (own.GetElapsedTime(since) >= Patience && own.GetElapsedTime(_lastDecision) >= Patience)
        {
            await Decide(own);
        }
    }

    private async Task Decide(SteadyClock own)
    {
        _lastDecision = own.GetTimestamp();
        try
        {
            if (!await IsBelievable(own))
            {
                return;
            }
            log.LogWarning("The clock of the machine is followed, by a step of {Step}.", Describe(own.Deviation));
            own.FollowMachine();
            EndDoubt(own);
            SetLast(await maintenance.FindLastMoment());
        }
        catch (Exception exception) when (exception is DbException or WriteUnavailableException)
        {
            // The database is not available now. The next attempt is in a minute.
        }
    }

    private async Task<bool> IsBelievable(SteadyClock own)
    {
        if (await db.Engine.FindClock() is { } server)
        {
            return (own.MachineNow - server).Duration() <= Patience;
        }
        var step = own.Deviation;
        return step.Duration() <= TimeSpan.FromHours(settings.ClockStepHours)
            // The clock was wrong at the start, as the last commit shows.
            || (step > TimeSpan.Zero && _wasBehindAtStart)
            // The clock was ahead at the start, and is not before the last commit now.
            || (
                step < TimeSpan.Zero
                && own.GetElapsedTime(_started) <= Settling
                && own.MachineNow >= _lastAtStart - Patience
            );
    }

    private void Doubt(string what, string advice)
    {
        var own = _clock!;
        (_deviatesSince, own.IsInDoubt) = (own.GetTimestamp(), true);
        _lastDecision = own.GetTimestamp();
        var fault =
            $"The clock of this machine {what} {Describe(own.Deviation)}. The service continues with the earlier time. {advice}";
        Volatile.Write(ref _doubt, fault);
        log.LogError("{Fault}", fault);
    }

    private void EndDoubt(SteadyClock own)
    {
        (_deviatesSince, own.IsInDoubt) = (null, false);
        Volatile.Write(ref _doubt, null);
    }

    private void SetLast(DateTimeOffset last) => Volatile.Write(ref _lastTicks, last.UtcTicks);

    private string? Behind()
    {
        var last = new DateTimeOffset(Volatile.Read(ref _lastTicks), TimeSpan.Zero);
        return _clock is { } own && last - own.GetUtcNow() > Patience
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The last commit has the moment {last:yyyy-MM-ddTHH:mm:ssZ}, which is later than the clock. New entries get that moment until the clock passes it. Set the clock of the machine."
            )
            : null;
    }

    private static string Describe(TimeSpan step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(step < TimeSpan.Zero ? "-" : "+")}{(step.Duration() < TimeSpan.FromHours(48) ? $"{step.Duration().TotalSeconds:0} seconds" : $"{step.Duration().TotalDays:0.0} days")}"
        );
}
