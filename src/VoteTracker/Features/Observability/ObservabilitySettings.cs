using System.Globalization;
using static VoteTracker.SettingException;

namespace VoteTracker.Features.Observability;

/// <summary>The values that the settings of metrics, traces and logs can have.</summary>
internal static class ObservabilitySettings
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
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
}
