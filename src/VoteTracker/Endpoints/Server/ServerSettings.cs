using System.Globalization;
using static VoteTracker.SettingException;

namespace VoteTracker.Endpoints.Server;

/// <summary>The values that the settings of connections, certificates and the stop can have.</summary>
internal static class ServerSettings
{
    private const int MostHstsDays = 3_650;
    private const int MostSeconds = 3_600;

    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        RequireCount(settings.MaxConnections, nameof(settings.MaxConnections));
        RequireCount(settings.ConnectionsPerAddress, nameof(settings.ConnectionsPerAddress));
        RequireCount(settings.StreamsPerAddress, nameof(settings.StreamsPerAddress));
        Require(
            settings.HstsDays is null or (>= 0 and <= MostHstsDays),
            $"HstsDays must be from 0 to {MostHstsDays}, not {settings.HstsDays}."
        );
        Require(
            settings.ClockStepHours is >= 1 and <= 87_600,
            string.Create(
                CultureInfo.InvariantCulture,
                $"ClockStepHours must be from 1 to 87600, not {settings.ClockStepHours:R}."
            )
        );
        Require(
            ServerCertificate.IsSet(settings) || settings is { CertificateKey: null, CertificatePasswordFile: null },
            "CertificateKey or CertificatePasswordFile is set, but Certificate is not. Set Certificate to the file of the certificate."
        );
        Require(
            settings.DrainSeconds is >= 0 and <= MostSeconds,
            $"DrainSeconds must be from 0 to {MostSeconds}, not {settings.DrainSeconds}."
        );
        Require(
            settings.StopSeconds is >= 1 and <= MostSeconds,
            $"StopSeconds must be from 1 to {MostSeconds}, not {settings.StopSeconds}."
        );
    }

    private static void RequireCount(int value, string name) =>
        Require(value >= 0, $"{name} must be 0 or more, not {value}.");
}
