using System.ComponentModel;
using VoteTracker.Database;

namespace VoteTracker;

// The settings that protect the service: secrets, TLS, limits of each client, the clock.
internal sealed partial record Settings
{
    [Description(
        "A file with the password of the PostgreSQL user on one line, instead of `Password=` in `Database`. Not readable by all users."
    )]
    public string? DatabasePasswordFile { get; init; }

    [Description(
        "The certificate for `https://` addresses in `Urls`: a file in PEM, with the certificates of its issuers, or in PKCS #12 (`.pfx`). It is loaded again when it changes."
    )]
    public string? Certificate { get; init; }

    [Description("The private key of `Certificate` in PEM, if it is in a file of its own. Not readable by all users.")]
    public string? CertificateKey { get; init; }

    [Description("A file with the password of the private key on one line.")]
    public string? CertificatePasswordFile { get; init; }

    [Description(
        "For how many days browsers use only HTTPS after a response over HTTPS (`Strict-Transport-Security`); 0 sends no header. Without a value, 180 with `Certificate`, otherwise 0."
    )]
    public int? HstsDays { get; init; }

    /// <summary>The days with a certificate: the usual half year, after which a mistake ends by itself.</summary>
    internal const int DefaultHstsDays = 180;

    [Description("The connections at a time; 0 is no limit. One more is closed at once.")]
    public int MaxConnections { get; init; } = 50_000;

    [Description(
        "The connections at a time from one address (for IPv6, one /64); 0 is no limit. One more is closed at once. Trusted proxies have no limit."
    )]
    public int ConnectionsPerAddress { get; init; } = 25_000;

    [Description(
        "The open streams of one address (for IPv6, one /64), that of the client behind a trusted proxy; 0 is no limit. One more is a 429."
    )]
    public int StreamsPerAddress { get; init; } = 20_000;

    [Description(
        "How many exports and other expensive reads one key, or one address without a key, may have, running and waiting; 0 is no limit. One more is a 429."
    )]
    public int ExpensiveReadsPerCaller { get; init; } = 16;

    [Description(
        "The largest step of the machine's clock, in hours, that the service follows by itself. A larger one needs a restart, or the clock of a PostgreSQL server that agrees with it."
    )]
    public double ClockStepHours { get; init; } = 24;

    private string FindDatabase()
    {
        if (string.IsNullOrEmpty(DatabasePasswordFile))
        {
            return Database;
        }
        if (!Db.NamesHost(Database))
        {
            throw new SettingException(
                "DatabasePasswordFile is set, but Database names a SQLite file, which has no password. Remove DatabasePasswordFile, or set Database to Host=…."
            );
        }
        return Database.Contains("Password=", StringComparison.OrdinalIgnoreCase)
            ? throw new SettingException(
                "DatabasePasswordFile is set, and Database has a password too. Remove Password= from Database."
            )
            // Quoted, because a password can have a semicolon. A quote in it is doubled.
            : $"{Database.TrimEnd(';')};Password=\"{SecretFile.Load(nameof(DatabasePasswordFile), DatabasePasswordFile).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
