using System.ComponentModel;
using System.Text.RegularExpressions;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker;

/// <summary>
/// The settings with their defaults and descriptions. The first source with a value is used: the command line
/// (`--Database …`), the environment (`VOTETRACKER_DATABASE`) or `appsettings.json`. Over 200 lines because each setting has
/// its description here.
/// </summary>
internal sealed partial record Settings
{
    [Description(
        "The database: a SQLite connection string, relative to the working directory, or with `Host=` a PostgreSQL one."
    )]
    public string Database { get; init; } = "Data Source=votetracker.db";

    [Description("How many seconds the start waits for a PostgreSQL server that cannot be reached.")]
    public int DatabaseWaitSeconds { get; init; } = 30;

    [Description("Your own admin key, `vt_` and at least 32 letters, digits, `_` or `-`. It is valid while it is set.")]
    public string? AdminKey { get; init; }

    [Description(
        "A file with the admin key on one line, instead of `AdminKey`. So the key is not in a command line or an environment."
    )]
    public string? AdminKeyFile { get; init; }

    [Description(
        "A file for the first admin key of a new database, instead of standard output. A key in the file becomes the first key. Otherwise the new key is written to it, readable only by its owner."
    )]
    public string? FirstKeyFile { get; init; }

    [Description("The addresses on which the service listens.")]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    [Description(
        "The address of the service as the public sees it, such as `https://votes.example`. The addresses in citations begin with it; without it, data packages have relative addresses."
    )]
    public string PublicUrl { get; init; } = "";

    [Description("The largest request body in bytes. A larger one is a 413.")]
    public int MaxBodyBytes { get; init; } = 1_048_576;

    [Description("The largest file of an import in bytes, compressed or not. A larger one is a 413.")]
    public long MaxImportBytes { get; init; } = 2_147_483_648;

    [Description(
        "The minimum rate of an upload, in bytes per second over 10 seconds; 0 is no minimum. A slower upload is a 408."
    )]
    public int MinUploadBytesPerSecond { get; init; } = 8_192;

    [Description("How many writes may wait. One more is a 503 with `Retry-After`.")]
    public int WriteQueue { get; init; } = 10_000;

    [Description(
        "The reads of the database per minute from one address (for IPv6, one /64) without a key, and the same number of requests with a wrong key, share link or calendar; 0 is no limit. Current tallies, breakdowns and streams have no limit."
    )]
    public int AnonymousRequestsPerMinute { get; init; } = 6_000;

    [Description(
        "Origins whose pages may write with a key, such as `https://app.example`, separated by commas. Every origin may read."
    )]
    public string TrustedOrigins { get; init; } = "";

    [Description(
        "Addresses or networks of proxies, such as `127.0.0.1, 10.0.0.0/8`, whose `X-Forwarded-For`, `-Proto` and `-Host` are trusted."
    )]
    public string TrustedProxies { get; init; } = "";

    [Description(
        "How many exports and other expensive reads run at once; 0 is half the processors. Others wait a short time, then get a 503 with `Retry-After`."
    )]
    public int ExpensiveReads { get; init; }

    [Description(
        "A file with 32 random bytes as base64, which protects the keys of personal data in the database. SQLite has `<database>.key` without it. Further files after a comma only open older keys."
    )]
    public string ProtectionKeyFile { get; init; } = "";

    [Description(
        "A PFX or PEM file with a certificate and its private RSA key, which protects the keys of personal data instead of a key file. Further files after a comma only open older keys."
    )]
    public string ProtectionCertificate { get; init; } = "";

    [Description("The password of the files of `ProtectionCertificate`.")]
    public string? ProtectionCertificatePassword { get; init; }

    [Description("A file with that password on one line, instead of `ProtectionCertificatePassword`.")]
    public string? ProtectionCertificatePasswordFile { get; init; }

    [Description(
        "The days after which a contact without an engagement, a task or a change is erased; 0 erases none. The least number is 30."
    )]
    public int ContactDays { get; init; }

    [Description(
        "Hosts that webhooks may post to although their address is private, or with `http://`, such as `127.0.0.1:9000, chat.example.org`. Without a port, all ports."
    )]
    public string WebhookHosts { get; init; } = "";

    [Description("Whether webhooks are sent. `false` for a copy of the database that is started as a test.")]
    public bool SendWebhooks { get; init; } = true;

    [Description("Gaps: the days after which a member state that was contacted is listed as not contacted lately.")]
    public int NotContactedAfterDays { get; init; } = 14;

    [Description(
        "Vote day: whether a second person must confirm the votes that were entered, before they become the roll call of the campaign."
    )]
    public bool VoteDayConfirmation { get; init; } = true;

    [Description("Forecasts: the probability that a confirmed position is held, on the day of its evidence, 0 to 1.")]
    public double ConfirmedHeld { get; init; } = ForecastParameters.Default.Confirmed;

    [Description("Forecasts: the same for a likely position.")]
    public double LikelyHeld { get; init; } = ForecastParameters.Default.Likely;

    [Description("Forecasts: the same for a leaning.")]
    public double LeaningHeld { get; init; } = ForecastParameters.Default.Leaning;

    [Description(
        "Forecasts: the days after which a confirmed position has half its weight, and the member's record the other half."
    )]
    public double ConfirmedHalfLifeDays { get; init; } = ForecastParameters.Default.ConfirmedHalfLife;

    [Description("Forecasts: these days for a likely position.")]
    public double LikelyHalfLifeDays { get; init; } = ForecastParameters.Default.LikelyHalfLife;

    [Description("Forecasts: these days for a leaning that the record neither supports nor contradicts.")]
    public double LeaningHalfLifeDays { get; init; } = ForecastParameters.Default.LeaningHalfLife;

    [Description(
        "Forecasts: for a member without a record, the share of abstentions if a position is not held. The three shares add up to 1."
    )]
    public double RestAbstain { get; init; } = ForecastParameters.Default.RestAbstain;

    [Description("Forecasts: the same share of absences.")]
    public double RestAbsent { get; init; } = ForecastParameters.Default.RestAbsent;

    [Description("Forecasts: the same share of opposite votes.")]
    public double RestOpposite { get; init; } = ForecastParameters.Default.RestOpposite;

    [Description(
        "Forecasts with `pressure=true`: the share of the probability of the other votes that one low pressure moves to its vote, 0 to 0.99. An assumption, not an estimate."
    )]
    public double PressureLow { get; init; } = PressureShares.Default.Low;

    [Description("Forecasts with `pressure=true`: the same share of a medium pressure; at least that of a low one.")]
    public double PressureMedium { get; init; } = PressureShares.Default.Medium;

    [Description("Forecasts with `pressure=true`: the same share of a high pressure; at least that of a medium one.")]
    public double PressureHigh { get; init; } = PressureShares.Default.High;

    /// <summary>The shares of pressures.</summary>
    internal PressureShares PressureShares =>
        new()
        {
            Low = PressureLow,
            Medium = PressureMedium,
            High = PressureHigh,
        };

    /// <summary>The parameters of forecasts.</summary>
    internal ForecastParameters ForecastParameters =>
        new()
        {
            Confirmed = ConfirmedHeld,
            Likely = LikelyHeld,
            Leaning = LeaningHeld,
            ConfirmedHalfLife = ConfirmedHalfLifeDays,
            LikelyHalfLife = LikelyHalfLifeDays,
            LeaningHalfLife = LeaningHalfLifeDays,
            RestAbstain = RestAbstain,
            RestAbsent = RestAbsent,
            RestOpposite = RestOpposite,
        };

    /// <summary>Reads the settings; a <see cref="SettingException"/> names the wrong one, without the key.</summary>
    public static Settings From(IConfiguration configuration)
    {
        var settings = configuration.Get<Settings>() ?? new Settings();
        settings = settings with { AdminKey = settings.FindAdminKey() };
        SettingChecks.Check(settings);
        return settings;
    }

    private string? FindAdminKey()
    {
        if (string.IsNullOrEmpty(AdminKeyFile))
        {
            return string.IsNullOrEmpty(AdminKey) ? null
                : KeyText().IsMatch(AdminKey) ? AdminKey
                : throw new SettingException("AdminKey must be vt_ and at least 32 letters, digits, _ or -.");
        }
        return string.IsNullOrEmpty(AdminKey)
            ? KeyFile.Load(nameof(AdminKeyFile), AdminKeyFile)
            : throw new SettingException("AdminKey and AdminKeyFile are both set. Remove one of them.");
    }

    /// <summary>The password of the certificates; null if they have none.</summary>
    internal string? FindCertificatePassword() =>
        string.IsNullOrEmpty(ProtectionCertificatePasswordFile) ? ProtectionCertificatePassword
        : string.IsNullOrEmpty(ProtectionCertificatePassword)
            ? KeyFile.LoadLine(nameof(ProtectionCertificatePasswordFile), ProtectionCertificatePasswordFile)
        : throw new SettingException(
            "ProtectionCertificatePassword and ProtectionCertificatePasswordFile are both set. Remove one of them."
        );

    /// <summary>The pattern of a key.</summary>
    [GeneratedRegex(@"\Avt_[A-Za-z0-9_-]{32,}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex KeyText();
}

/// <summary>A wrong setting. The message is for the operator.</summary>
internal sealed class SettingException(string message) : Exception(message);
