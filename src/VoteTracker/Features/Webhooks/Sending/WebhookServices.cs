using System.Net;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>The services that send webhooks.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(provider => AllowedHosts.Parse(provider.GetRequiredService<Settings>().WebhookHosts));
        services.AddSingleton<NameResolver>(Dns.GetHostAddressesAsync);
        services.AddSingleton<ReceiverAddress>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<EventText>();
        services.AddSingleton<EventFinder>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<AttemptStore>();
        services.AddSingleton<SendSignal>();
        services.AddHostedService<SendDeliveries>();
        services.AddHostedService<DeleteOldDeliveries>();
        return services;
    }
}
