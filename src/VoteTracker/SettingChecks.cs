using VoteTracker.Database;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.Audit;
using VoteTracker.Features.Backup;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Observability;
using VoteTracker.Features.PersonalData;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Security;
using VoteTracker.Web.Organisation;

namespace VoteTracker;

/// <summary>The values that settings can have. Each subject checks its own.</summary>
internal static class SettingChecks
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting. It ends the start.</summary>
    public static void Check(Settings settings)
    {
        // Parsed here so that a wrong one ends the start. They are parsed again where they are used.
        _ = TrustedOrigins.Parse(settings.TrustedOrigins);
        _ = TrustedProxies.Parse(settings.TrustedProxies);
        _ = PublicAddress.Parse(settings.PublicUrl);
        _ = AllowedHosts.Parse(settings.WebhookHosts);
        LimitSettings.Check(settings);
        ServerSettings.Check(settings);
        DatabaseSettings.Check(settings);
        AuditSettings.Check(settings);
        RetentionSettings.Check(settings);
        BackupSettings.Check(settings);
        ObservabilitySettings.Check(settings);
        GapSettings.Check(settings);
        KeySettings.Check(settings);
        SignInSettings.Check(settings);
        ForecastSettings.Check(settings);
    }
}
