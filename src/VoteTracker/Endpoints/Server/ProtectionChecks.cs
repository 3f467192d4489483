namespace VoteTracker.Endpoints.Server;

/// <summary>The values that the settings of this folder can have.</summary>
internal static class ProtectionChecks
{
    private const int MostHstsDays = 3_650;

    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        RequireCount(settings.MaxConnections, nameof(settings.MaxConnections));
        RequireCount(settings.ConnectionsPerAddress, nameof(settings.ConnectionsPerAddress));
        RequireCount(settings.StreamsPerAddress, nameof(settings.StreamsPerAddress));
        RequireCount(settings.ExpensiveReadsPerCaller, nameof(settings.ExpensiveReadsPerCaller));
        if (settings.HstsDays is < 0 or > MostHstsDays)
        {
            throw new SettingException($"HstsDays must be from 0 to {MostHstsDays}, not {settings.HstsDays}.");
        }
        if (settings.ClockStepHours is not (>= 1 and <= 87_600))
        {
            throw new SettingException($"ClockStepHours must be from 1 to 87600, not {settings.ClockStepHours:R}.");
        }
        if (
            !ServerCertificate.IsSet(settings)
            && settings is not { CertificateKey: null, CertificatePasswordFile: null }
        )
        {
            throw new SettingException(
                "CertificateKey or CertificatePasswordFile is set, but Certificate is not. Set Certificate to the file of the certificate."
            );
        }
    }

    private static void RequireCount(int value, string name)
    {
        if (value < 0)
        {
            throw new SettingException($"{name} must be 0 or more, not {value}.");
        }
    }
}
