using System.Globalization;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.Backup;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker;

/// <summary>The values that each setting can have. A wrong one ends the start.</summary>
internal static class SettingChecks
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        // Parsed here so that a wrong one ends the start. They are parsed again where they are used.
        _ = TrustedOrigins.Parse(settings.TrustedOrigins);
        _ = TrustedProxies.Parse(settings.TrustedProxies);
        _ = PublicAddress.Parse(settings.PublicUrl);
        _ = AllowedHosts.Parse(settings.WebhookHosts);
        Require(settings.MaxBodyBytes >= 1024, "MaxBodyBytes must be at least 1024.");
        Require(settings.MaxImportBytes >= 1024, "MaxImportBytes must be at least 1024.");
        Require(settings.MinUploadBytesPerSecond >= 0, "MinUploadBytesPerSecond must be 0 or more.");
        Require(settings.DatabaseWaitSeconds >= 0, "DatabaseWaitSeconds must be 0 or more.");
        Require(settings.WriteQueue >= 1, "WriteQueue must be at least 1.");
        Require(settings.NotContactedAfterDays is >= 1 and <= 3_660, "NotContactedAfterDays must be from 1 to 3660.");
        Require(
            settings.ContactDays is 0 or (>= 30 and <= 36_500),
            $"ContactDays must be 0, or from 30 to 36500 days; found {settings.ContactDays}."
        );
        Require(
            settings.AuditDays is >= 0 and <= 36_500,
            $"AuditDays must be from 0 to 36500; found {settings.AuditDays}. 0 keeps the entries for ever."
        );
        Require(settings.ExpensiveReads >= 0, "ExpensiveReads must be 0 or more.");
        Require(settings.AnonymousRequestsPerMinute >= 0, "AnonymousRequestsPerMinute must be 0 or more.");
        ProtectionChecks.Check(settings);
        CheckObservability(settings);
        Require(
            settings.DrainSeconds is >= 0 and <= 3_600,
            $"DrainSeconds must be from 0 to 3600, not {settings.DrainSeconds}."
        );
        Require(
            settings.StopSeconds is >= 1 and <= 3_600,
            $"StopSeconds must be from 1 to 3600, not {settings.StopSeconds}."
        );
        BackupSettings.Check(settings, Require);
        Require(settings.KeyDays is >= 0 and <= 36_500, "KeyDays must be from 0 to 36500.");
        Require(settings.KeyRequestsPerMinute >= 0, "KeyRequestsPerMinute must be 0 or more.");
        SignInChecks.Check(settings);
        CheckForecasts(settings);
        CheckPressures(settings);
    }

    private static void CheckObservability(Settings settings)
    {
        Require(
            settings.LogFormat is Settings.TextLogs or Settings.JsonLogs,
            $"LogFormat must be text or json, not '{settings.LogFormat}'."
        );
        Require(
            settings.TraceRatio is >= 0 and <= 1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"TraceRatio must be from 0 to 1, not {settings.TraceRatio}. 0.01 is one request in a hundred."
            )
        );
        // The address can have a password, so it is not shown.
        Require(
            settings.OtlpEndpoint.Length == 0
                || (
                    Uri.TryCreate(settings.OtlpEndpoint, UriKind.Absolute, out var collector)
                    && collector.Scheme is "http" or "https"
                    && collector is { Query: "", Fragment: "", UserInfo: "" }
                ),
            "OtlpEndpoint must be an address such as http://127.0.0.1:4318, without a user, a query or the path of a signal."
        );
    }

    // NaN is in no range, so it is rejected too.
    private static void CheckForecasts(Settings settings)
    {
        foreach (var (name, share) in Shares(settings))
        {
            Require(share is >= 0 and <= 1, $"{name} must be from 0 to 1.");
        }
        foreach (var (name, days) in HalfLives(settings))
        {
            Require(days is >= 0.1 and <= 36_500, $"{name} must be from 0.1 to 36500.");
        }
        Require(
            Math.Abs(settings.RestAbstain + settings.RestAbsent + settings.RestOpposite - 1) < 1e-9,
            "RestAbstain, RestAbsent and RestOpposite must add up to 1."
        );
    }

    private static void CheckPressures(Settings settings) =>
        Require(
            settings.PressureLow >= 0
                && settings.PressureLow <= settings.PressureMedium
                && settings.PressureMedium <= settings.PressureHigh
                && settings.PressureHigh <= PressureShares.Most,
            "PressureLow, PressureMedium and PressureHigh must be from 0 to 0.99, and none less than the one before it."
        );

    private static IEnumerable<(string Name, double Share)> Shares(Settings settings) =>
        [
            (nameof(settings.ConfirmedHeld), settings.ConfirmedHeld),
            (nameof(settings.LikelyHeld), settings.LikelyHeld),
            (nameof(settings.LeaningHeld), settings.LeaningHeld),
            (nameof(settings.RestAbstain), settings.RestAbstain),
            (nameof(settings.RestAbsent), settings.RestAbsent),
            (nameof(settings.RestOpposite), settings.RestOpposite),
        ];

    private static IEnumerable<(string Name, double Days)> HalfLives(Settings settings) =>
        [
            (nameof(settings.ConfirmedHalfLifeDays), settings.ConfirmedHalfLifeDays),
            (nameof(settings.LikelyHalfLifeDays), settings.LikelyHalfLifeDays),
            (nameof(settings.LeaningHalfLifeDays), settings.LeaningHalfLifeDays),
        ];

    private static void Require(bool isValid, string message)
    {
        if (!isValid)
        {
            throw new SettingException(message);
        }
    }
}
