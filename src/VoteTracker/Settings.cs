using System.ComponentModel;
using System.Text.RegularExpressions;
using VoteTracker.Security;

namespace VoteTracker;

/// <summary>
/// The settings with their defaults and descriptions. The first source with a value is used: the command line
/// (`--Database …`), the environment (`VOTETRACKER_DATABASE`) or `appsettings.json`. The other files of
/// this record have those of one subject each.
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

    /// <summary>Reads the settings; a <see cref="SettingException"/> names the wrong one, without the key.</summary>
    public static Settings From(IConfiguration configuration)
    {
        var settings = Bind(configuration);
        settings = settings with { AdminKey = settings.FindAdminKey(), Database = settings.FindDatabase() };
        SettingChecks.Check(settings);
        return settings;
    }

    // The message names the setting and the value. A key is a text, and every text is valid here.
    private static Settings Bind(IConfiguration configuration)
    {
        try
        {
            return configuration.Get<Settings>() ?? new Settings();
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingException(exception.Message);
        }
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

    /// <summary>The pattern of a key.</summary>
    [GeneratedRegex(@"\Avt_[A-Za-z0-9_-]{32,}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex KeyText();
}

/// <summary>A wrong setting. The message is for the operator.</summary>
internal sealed class SettingException(string message) : Exception(message)
{
    /// <summary>Throws the exception unless the value of a setting is valid.</summary>
    public static void Require(bool isValid, string message)
    {
        if (!isValid)
        {
            throw new SettingException(message);
        }
    }
}
