using System.ComponentModel;
using System.Text.RegularExpressions;

namespace VoteTracker;

/// <summary>
/// Every setting, its default, one sentence. From the command line (`--Database …`), the environment
/// (`VOTETRACKER_DATABASE`) or `appsettings.json`, the first of these that names it.
/// </summary>
internal sealed partial record Settings
{
    [Description("Where the campaign is kept: a SQLite connection string, relative to the working directory.")]
    public string Database { get; init; } = "Data Source=votetracker.db";

    [Description("An admin key of your own, `vt_` and at least 32 letters, digits, `_` or `-`; valid while it is set.")]
    public string? AdminKey { get; init; }

    [Description("Where the service listens.")]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    [Description("The largest request body taken, in bytes; a larger one is a 413.")]
    public int MaxBodyBytes { get; init; } = 1_048_576;

    [Description("The largest file that an import takes, in bytes, packed or not; a larger one is a 413.")]
    public long MaxImportBytes { get; init; } = 2_147_483_648;

    [Description("How many writes may wait for the disk; one more is a 503 with `Retry-After`.")]
    public int WriteQueue { get; init; } = 10_000;

    [Description(
        "Requests a minute that one address may make without a key of what is read from the database; 0 is no limit. Tallies, breakdowns and streams of the present are never limited."
    )]
    public int AnonymousRequestsPerMinute { get; init; } = 6_000;

    /// <summary>Reads them, and says what is wrong with them in a sentence; never the key itself.</summary>
    public static Settings From(IConfiguration configuration)
    {
        var settings = configuration.Get<Settings>() ?? new Settings();
        if (string.IsNullOrEmpty(settings.AdminKey))
        {
            settings = settings with { AdminKey = null };
        }
        else if (!KeyText().IsMatch(settings.AdminKey))
        {
            throw new SettingException("AdminKey must be vt_ and at least 32 letters, digits, _ or -.");
        }
        if (settings.Database.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingException(
                "Database names a PostgreSQL host; this version keeps campaigns in SQLite only."
            );
        }
        return settings switch
        {
            { MaxBodyBytes: < 1024 } => throw new SettingException("MaxBodyBytes must be at least 1024."),
            { MaxImportBytes: < 1024 } => throw new SettingException("MaxImportBytes must be at least 1024."),
            { WriteQueue: < 1 } => throw new SettingException("WriteQueue must be at least 1."),
            { AnonymousRequestsPerMinute: < 0 } => throw new SettingException(
                "AnonymousRequestsPerMinute must be 0 or more."
            ),
            _ => settings,
        };
    }

    /// <summary>What a key looks like, whoever made it.</summary>
    [GeneratedRegex("^vt_[A-Za-z0-9_-]{32,}$", RegexOptions.CultureInvariant)]
    internal static partial Regex KeyText();
}

/// <summary>A setting that cannot be; the message is for whoever started the program.</summary>
internal sealed class SettingException(string message) : Exception(message);
