using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>The services of the audit.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<RefusedRights>();
        services.AddSingleton<RefusedKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusedKeys>());
        services.AddHostedService<AuditRetention>();
        return services;
    }
}
