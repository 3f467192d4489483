using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Benchmarks;

/// <summary>Polls with 1,000 resolutions, 193,000 stances and 1,000,000 changes of history, against those with one resolution.</summary>
internal static class Grow
{
    public static async Task Run(Length length)
    {
        var (resolutions, changes) = length == Length.Full ? (1_000, 1_000_000) : (100, 100_000);
        var folder = Directory.CreateTempSubdirectory("votetracker-grow-").FullName;
        await using (var fresh = await Server.VoteTracker(folder))
        {
            await Campaign.Open(fresh);
        }
        Fill(Path.Combine(folder, "votetracker.db"), resolutions, changes);
        await using (var large = await Server.VoteTracker(folder))
        {
            await using var small = await Server.VoteTracker();
            await Campaign.Open(small);
            var (ours, theirs) = (new Uri(large.Address, Campaign.Tally), new Uri(small.Address, Campaign.Tally));
            for (var i = 0; i < 2; i++)
            {
                await Poll.Rate(ours, length);
                await Poll.Rate(theirs, length);
            }
            await Ratios.Measure(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"grow ({resolutions:N0} resolutions, {changes:N0} changes)"
                ),
                "requests/s",
                length.Rounds,
                () => Poll.Rate(ours, length),
                "one resolution",
                () => Poll.Rate(theirs, length)
            );
        }
        Directory.Delete(folder, recursive: true);
    }

    // By SQL, not by a million requests: what is measured is reading, and the rows are what requests would have left.
    private static void Fill(string file, int resolutions, int changes)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @resolutions)
            INSERT INTO resolution (id, symbol, title, session, kind, rule, status, visibility, origin, version, created_at, changed_at, changed_by)
            SELECT 'grown-' || i, 'A/GROWN/' || i, 'A draft', 'es-10', 'draft', 'two-thirds', 'tabled', 'tally', 'user', 1, created_at, created_at, 'grow'
            FROM n, (SELECT created_at FROM resolution WHERE id = 'es-10-l-34');
            INSERT INTO stance (resolution, member_state, position, certainty, evidence, version, changed_at, changed_by)
            SELECT r.id, m.iso3, 'yes', 'likely', 'call', 1, r.created_at, 'grow'
            FROM resolution r, member_state m WHERE r.id LIKE 'grown-%' AND m.kind = 'member';
            """,
            new { resolutions }
        );
        var each = changes / resolutions;
        connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @each)
            INSERT INTO stance_change (resolution, member_state, version, position, certainty, evidence, changed_at, changed_by)
            SELECT r.id, 'ZAF', n.i, 'yes', 'likely', 'call', r.created_at, 'grow'
            FROM resolution r, n WHERE r.id LIKE 'grown-%';
            INSERT INTO change (at, by, kind, resolution, member_state, version)
            SELECT changed_at, 'grow', 'stance', resolution, member_state, version FROM stance_change WHERE resolution LIKE 'grown-%';
            """,
            new { each }
        );
        transaction.Commit();
    }
}
