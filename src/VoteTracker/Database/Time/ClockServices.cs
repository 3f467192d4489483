namespace VoteTracker.Database.Time;

/// <summary>Registers the clock.</summary>
internal static class ClockServices
{
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(_ => new SteadyClock(new MachineClock()));
        services.AddSingleton<WatchClock>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchClock>());
        return services;
    }
}
