using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>The values of the setting of the audit, and its services.</summary>
internal static class AuditSettings
{
    /// <summary>Throws a <see cref="SettingException"/> if the setting is wrong.</summary>
    public static void Check(Settings settings) =>
        SettingException.Require(
            settings.AuditDays is >= 0 and <= 36_500,
            $"AuditDays must be from 0 to 36500; found {settings.AuditDays}. 0 keeps the entries for ever."
        );

    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<RefusedRights>();
        services.AddSingleton<RefusedKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusedKeys>());
        services.AddHostedService(provider => provider.GetRequiredService<RefusedRights>());
        services.AddHostedService<AuditRetention>();
        return services;
    }
}
