using System.ComponentModel;
using System.Text.RegularExpressions;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker;

/// <summary>
/// Every setting, its default, one sentence. From the command line (`--Database …`), the environment
/// (`VOTETRACKER_DATABASE`) or `appsettings.json`, the first of these that names it.
/// </summary>
internal sealed partial record Settings
{
    [Description(
        "Where the campaign is kept: a SQLite connection string, relative to the working directory, or with `Host=` a PostgreSQL one."
    )]
    public string Database { get; init; } = "Data Source=votetracker.db";

    [Description("How many seconds a start waits for a PostgreSQL server that is not there.")]
    public int DatabaseWaitSeconds { get; init; } = 30;

    [Description("An admin key of your own, `vt_` and at least 32 letters, digits, `_` or `-`; valid while it is set.")]
    public string? AdminKey { get; init; }

    [Description(
        "A file that has the admin key, in place of `AdminKey`; so it is not in a command line or an environment. One line."
    )]
    public string? AdminKeyFile { get; init; }

    [Description(
        "A file for the first admin key of a new database, in place of standard output. A key that it has becomes the first key; otherwise the new key is written to it, readable by its owner only."
    )]
    public string? FirstKeyFile { get; init; }

    [Description("Where the service listens.")]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    [Description("The largest request body taken, in bytes; a larger one is a 413.")]
    public int MaxBodyBytes { get; init; } = 1_048_576;

    [Description("The largest file that an import takes, in bytes, packed or not; a larger one is a 413.")]
    public long MaxImportBytes { get; init; } = 2_147_483_648;

    [Description(
        "The minimum rate at which the file of an import must arrive, in bytes a second over 10 seconds; 0 is no minimum. A slower upload is a 408."
    )]
    public int MinUploadBytesPerSecond { get; init; } = 8_192;

    [Description("How many writes may wait for the disk; one more is a 503 with `Retry-After`.")]
    public int WriteQueue { get; init; } = 10_000;

    [Description(
        "Requests a minute that one address (of IPv6, one /64) may make without a key of what is read from the database, and as many with a wrong key; 0 is no limit. Tallies, breakdowns and streams of the present are never limited."
    )]
    public int AnonymousRequestsPerMinute { get; init; } = 6_000;

    [Description(
        "Origins whose pages may write with a key, such as `https://app.example`, separated by commas; every origin may read."
    )]
    public string TrustedOrigins { get; init; } = "";

    [Description(
        "Addresses or networks of proxies, such as `127.0.0.1, 10.0.0.0/8`, whose `X-Forwarded-For`, `-Proto` and `-Host` are believed."
    )]
    public string TrustedProxies { get; init; } = "";

    [Description(
        "How many exports and other expensive reads are worked on at once; 0 is half the processors. Others wait a short time, then it is a 503 with `Retry-After`."
    )]
    public int ExpensiveReads { get; init; }

    [Description("Forecasts: how likely a confirmed position is held to on the day it is recorded, 0 to 1.")]
    public double ConfirmedHeld { get; init; } = ForecastParameters.Default.Confirmed;

    [Description("Forecasts: how likely a likely position is held to.")]
    public double LikelyHeld { get; init; } = ForecastParameters.Default.Likely;

    [Description("Forecasts: how likely a leaning is held to.")]
    public double LeaningHeld { get; init; } = ForecastParameters.Default.Leaning;

    [Description("Forecasts: the days after which half of a confirmed position has given way to the member's record.")]
    public double ConfirmedHalfLifeDays { get; init; } = ForecastParameters.Default.ConfirmedHalfLife;

    [Description("Forecasts: the same of a likely position.")]
    public double LikelyHalfLifeDays { get; init; } = ForecastParameters.Default.LikelyHalfLife;

    [Description("Forecasts: the same of a leaning that the record neither supports nor contradicts.")]
    public double LeaningHalfLifeDays { get; init; } = ForecastParameters.Default.LeaningHalfLife;

    [Description(
        "Forecasts: without a record, what part of what is not held to is an abstention; the three add up to 1."
    )]
    public double RestAbstain { get; init; } = ForecastParameters.Default.RestAbstain;

    [Description("Forecasts: that part that is an absence.")]
    public double RestAbsent { get; init; } = ForecastParameters.Default.RestAbsent;

    [Description("Forecasts: that part that is the opposite.")]
    public double RestOpposite { get; init; } = ForecastParameters.Default.RestOpposite;

    /// <summary>What stances mean in forecasts.</summary>
    internal ForecastParameters StanceNumbers =>
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

    /// <summary>Reads them, and says what is wrong with them in a sentence; never the key itself.</summary>
    public static Settings From(IConfiguration configuration)
    {
        var settings = configuration.Get<Settings>() ?? new Settings();
        settings = settings with { AdminKey = settings.FindAdminKey() };
        // Parsed again where they are used; here, so that a wrong one ends the start.
        _ = VoteTracker.Endpoints.Pipeline.TrustedOrigins.Parse(settings.TrustedOrigins);
        _ = VoteTracker.Endpoints.Pipeline.TrustedProxies.Parse(settings.TrustedProxies);
        return settings switch
        {
            { MaxBodyBytes: < 1024 } => throw new SettingException("MaxBodyBytes must be at least 1024."),
            { MaxImportBytes: < 1024 } => throw new SettingException("MaxImportBytes must be at least 1024."),
            { MinUploadBytesPerSecond: < 0 } => throw new SettingException(
                "MinUploadBytesPerSecond must be 0 or more."
            ),
            { DatabaseWaitSeconds: < 0 } => throw new SettingException("DatabaseWaitSeconds must be 0 or more."),
            { WriteQueue: < 1 } => throw new SettingException("WriteQueue must be at least 1."),
            { ExpensiveReads: < 0 } => throw new SettingException("ExpensiveReads must be 0 or more."),
            { AnonymousRequestsPerMinute: < 0 } => throw new SettingException(
                "AnonymousRequestsPerMinute must be 0 or more."
            ),
            _ => settings.CheckStanceNumbers(),
        };
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
            : throw new SettingException("AdminKey and AdminKeyFile are both set; leave one of them out.");
    }

    // Written so that what is no number fails as well.
    private Settings CheckStanceNumbers()
    {
        foreach (var (name, share) in Shares())
        {
            if (!(share is >= 0 and <= 1))
            {
                throw new SettingException($"{name} must be from 0 to 1.");
            }
        }
        foreach (var (name, days) in HalfLives())
        {
            if (!(days is >= 0.1 and <= 36_500))
            {
                throw new SettingException($"{name} must be from 0.1 to 36500.");
            }
        }
        return Math.Abs(RestAbstain + RestAbsent + RestOpposite - 1) < 1e-9
            ? this
            : throw new SettingException("RestAbstain, RestAbsent and RestOpposite must add up to 1.");
    }

    private IEnumerable<(string Name, double Share)> Shares() =>
        [
            (nameof(ConfirmedHeld), ConfirmedHeld),
            (nameof(LikelyHeld), LikelyHeld),
            (nameof(LeaningHeld), LeaningHeld),
            (nameof(RestAbstain), RestAbstain),
            (nameof(RestAbsent), RestAbsent),
            (nameof(RestOpposite), RestOpposite),
        ];

    private IEnumerable<(string Name, double Days)> HalfLives() =>
        [
            (nameof(ConfirmedHalfLifeDays), ConfirmedHalfLifeDays),
            (nameof(LikelyHalfLifeDays), LikelyHalfLifeDays),
            (nameof(LeaningHalfLifeDays), LeaningHalfLifeDays),
        ];

    /// <summary>What a key looks like, whoever made it.</summary>
    [GeneratedRegex(@"\Avt_[A-Za-z0-9_-]{32,}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex KeyText();
}

/// <summary>A setting that cannot be; the message is for whoever started the program.</summary>
internal sealed class SettingException(string message) : Exception(message);
