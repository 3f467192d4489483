using System.Text.Json.Nodes;
using Dapper;

namespace VoteTracker.Tests.Process;

/// <summary>
/// The rows of a resolution, read directly from the database: its stances and co-sponsors, their histories, the feed and the
/// version, and whether these agree. No member is ineligible and there is no vote.
/// </summary>
internal sealed class Ledger
{
    private const int Members = 193;

    private static readonly (string Kind, string Table, string Columns)[] Subjects =
    [
        (
            "stance",
            "stance",
            "member_state, position, certainty, evidence, evidence_url, note, contact, version, changed_at, changed_by"
        ),
        (
            "co-sponsor",
            "co_sponsor",
            "member_state, status, role, since, withdrawn_on, note, version, changed_at, changed_by"
        ),
    ];

    private Ledger(string resolution) => Resolution = resolution;

    public string Resolution { get; }

    /// <summary>The resolution's version.</summary>
    public long Version { get; private init; }

    /// <summary>All changes, in the order of their versions.</summary>
    public IReadOnlyList<Entry> Entries { get; private init; } = [];

    /// <summary>The current counts, from the rows.</summary>
    public Counts Standing { get; private init; } = Counts.Nothing;

    /// <summary>Rows without the rows that belong to them: a part of a write.</summary>
    public IReadOnlyList<string> Halves { get; private init; } = [];

    public static Ledger Read(string folder, string resolution)
    {
        using var file = Databases.Open(folder);
        // One snapshot, regardless of concurrent writes.
        file.Execute(Databases.ArePostgres ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN DEFERRED");
        var id = new { id = resolution };
        var standing = file.Query<(string Position, int Count)>(
                "SELECT position, COUNT(*) FROM stance WHERE resolution = @id GROUP BY position",
                id
            )
            .Where(row => row.Position != "unknown")
            .ToDictionary(row => row.Position, row => row.Count, StringComparer.Ordinal);
        return new Ledger(resolution)
        {
            Version = file.ExecuteScalar<long>("SELECT version FROM resolution WHERE id = @id", id),
            Entries = Decrypt(
                folder,
                file.Query<Entry>(
                    """
                    SELECT version, 'stance' AS kind, member_state AS memberState, position AS content, note, reason
                    FROM stance_change
                    WHERE resolution = @id
                    UNION ALL
                    SELECT version, 'co-sponsor', member_state, status, note, NULL
                    FROM co_sponsor_change
                    WHERE resolution = @id
                    ORDER BY version
                    """,
                    id
                )
            ),
            Standing = Counts.From(
                standing,
                file.ExecuteScalar<int>(
                    "SELECT COUNT(*) FROM co_sponsor WHERE resolution = @id AND status = 'signed'",
                    id
                )
            ),
            Halves =
            [
                .. file.Query<string>(Feed, id),
                .. Subjects.SelectMany(s => file.Query<string>(HistoryAndFeed(s.Kind, s.Table), id)),
                .. Subjects.SelectMany(s => file.Query<string>(HistoryAndWhatStands(s.Table, s.Columns), id)),
            ],
        };
    }

    private static List<Entry> Decrypt(string folder, IEnumerable<Entry> stored)
    {
        var entries = stored.ToList();
        var texts = DecryptedTexts.Decrypt(
            Databases.Setting(folder),
            [.. entries.Select(e => e.Note), .. entries.Select(e => e.Reason)]
        );
        return [.. entries.Select((e, i) => e with { Note = texts[i], Reason = texts[entries.Count + i] })];
    }

    /// <summary>The counts at every version, by applying one change after the other.</summary>
    public IReadOnlyDictionary<long, Counts> Recounted()
    {
        var positions = new Dictionary<string, string>(StringComparer.Ordinal);
        var coSponsors = new Dictionary<string, string>(StringComparer.Ordinal);
        // The first version is the opening of the resolution.
        var counts = new Dictionary<long, Counts> { [1] = Counts.Nothing };
        foreach (var entry in Entries)
        {
            (entry.Kind == "stance" ? positions : coSponsors)[entry.MemberState] = entry.Content;
            counts[entry.Version] = Counts.From(
                positions
                    .Values.Where(p => p != "unknown")
                    .GroupBy(p => p, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                coSponsors.Values.Count(s => s == "signed")
            );
        }
        return counts;
    }

    // Each version is one change, and there are no others.
    private const string Feed = """
        SELECT 'the feed tells ' || COUNT(*) || ' times of version ' || version
        FROM change
        WHERE resolution = @id
        GROUP BY version
        HAVING COUNT(*) <> 1
        UNION ALL
        SELECT 'the version is ' || r.version || ', the feed has ' || COUNT(*) || ' changes up to ' || MAX(c.version)
        FROM resolution r JOIN change c ON c.resolution = r.id
        WHERE r.id = @id
        GROUP BY r.id, r.version, r.changed_at
        HAVING r.version <> COUNT(*) OR r.version <> MAX(c.version) OR r.changed_at <> MAX(c.at)
        UNION ALL
        SELECT 'version ' || version || ' was made before the one before it'
        FROM (SELECT version, at, LAG(at) OVER (ORDER BY version) AS before FROM change WHERE resolution = @id) AS c
        WHERE at < before
        """;

    private static string HistoryAndFeed(string kind, string table) =>
        $"""
            SELECT
                'version ' || COALESCE(c.version, h.version) || ' of the {kind} of '
                || COALESCE(c.member_state, h.member_state)
                || CASE WHEN h.version IS NULL THEN ' is in the feed alone' ELSE ' is in the history alone' END
            FROM (SELECT * FROM change WHERE resolution = @id AND kind = '{kind}') AS c
            FULL JOIN (SELECT * FROM {table}_change WHERE resolution = @id) AS h
                ON h.version = c.version AND h.member_state = c.member_state
                AND h.changed_at = c.at AND h.changed_by = c.by
            WHERE c.version IS NULL OR h.version IS NULL
            """;

    private static string HistoryAndWhatStands(string table, string columns) =>
        $"""
            WITH newest AS (
                SELECT {columns}
                FROM (
                    SELECT *, ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                    FROM {table}_change
                    WHERE resolution = @id
                ) AS aged
                WHERE age = 1
            ), standing AS (
                SELECT {columns} FROM {table} WHERE resolution = @id
            )
            SELECT 'version ' || version || ' of the {table} of ' || member_state || ' is in the history and does not stand'
            FROM (SELECT * FROM newest EXCEPT SELECT * FROM standing) AS lost
            UNION ALL
            SELECT 'version ' || version || ' of the {table} of ' || member_state || ' stands without its history'
            FROM (SELECT * FROM standing EXCEPT SELECT * FROM newest) AS new
            """;

    /// <summary>A row of a history.</summary>
    internal sealed record Entry
    {
        public long Version { get; init; }
        public string Kind { get; init; } = "";
        public string MemberState { get; init; } = "";
        public string Content { get; init; } = "";
        public string? Note { get; init; }
        public string? Reason { get; init; }
    }

    /// <summary>The number of members with each position.</summary>
    internal sealed record Counts(int Yes, int No, int Abstain, int Absent, int Undecided, int Unknown, int CoSponsors)
    {
        public static readonly Counts Nothing = new(0, 0, 0, 0, 0, Members, 0);

        public static Counts From(IReadOnlyDictionary<string, int> known, int coSponsors) =>
            new(
                known.GetValueOrDefault("yes"),
                known.GetValueOrDefault("no"),
                known.GetValueOrDefault("abstain"),
                known.GetValueOrDefault("absent"),
                known.GetValueOrDefault("undecided"),
                Members - known.Values.Sum(),
                coSponsors
            );

        /// <summary>The counts as in a tally.</summary>
        public static Counts From(JsonNode tally)
        {
            int Number(string name) => tally[name]!.GetValue<int>();
            return new(
                Number("yes"),
                Number("no"),
                Number("abstain"),
                Number("absent"),
                Number("undecided"),
                Number("unknown"),
                Number("coSponsors")
            );
        }
    }
}
