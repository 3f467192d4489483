using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Polls of 1,000 resolutions in turn, with 193,000 stances and 1,000,000 changes of history, compared with polls of one
/// resolution.
/// </summary>
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
            var (ours, theirs) = (large.Address, small.Address);
            var each = Script([
                Campaign.Tally,
                .. Enumerable.Range(1, resolutions).Select(i => $"v1/resolutions/grown-{i}/tally"),
            ]);
            // The same resolution in as many spellings, because the server caches the last target of a connection.
            var alone = Script([.. Enumerable.Range(0, resolutions + 1).Select(Spelling)]);
            for (var i = 0; i < 2; i++)
            {
                await Rate(ours, each, length);
                await Rate(theirs, alone, length);
            }
            await Ratios.Measure(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"grow ({resolutions:N0} resolutions, {changes:N0} changes)"
                ),
                "requests/s",
                length.Rounds,
                () => Rate(ours, each, length),
                "one resolution",
                () => Rate(theirs, alone, length)
            );
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> Rate(Uri server, string script, Length length)
    {
        var result = await Wrk.Load(server, length.Round, script: script);
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} answers were errors.");
    }

    // Routes ignore case: each bit of a number capitalizes a letter of "resolutions".
    private static string Spelling(int number)
    {
        const string word = "resolutions";
        var letters = word.Select((letter, i) => (number >> i & 1) == 1 ? char.ToUpperInvariant(letter) : letter);
        return Campaign.Tally.Replace(word, string.Concat(letters), StringComparison.Ordinal);
    }

    // All of them repeatedly, with no neighbours in sequence: 8 and 1,001 have no common factor.
    private static string Script(IReadOnlyList<string> paths) =>
        $$"""
            local paths = { {{string.Join(", ", paths.Select(p => $"\"/{p}\""))}} }
            local requests = {}
            local i = 0
            function init(args)
              for p, path in ipairs(paths) do requests[p] = wrk.format("GET", path) end
            end
            function request()
              i = i + 1
              return requests[(i * 8) % #requests + 1]
            end
            """;

    // By SQL instead of a million requests, because only reads are measured. The rows equal those of requests.
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
            INSERT INTO stance_change (
                resolution, member_state, version, replaced, position, certainty, evidence, changed_at, changed_by
            )
            SELECT r.id, 'ZAF', n.i, n.i - 1, 'yes', 'likely', 'call', r.created_at, 'grow'
            FROM resolution r, n WHERE r.id LIKE 'grown-%';
            INSERT INTO change (at, by, kind, resolution, member_state, version)
            SELECT changed_at, 'grow', 'stance', resolution, member_state, version FROM stance_change WHERE resolution LIKE 'grown-%';
            """,
            new { each }
        );
        transaction.Commit();
    }
}
