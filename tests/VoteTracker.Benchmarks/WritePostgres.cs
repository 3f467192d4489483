using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Tests;

namespace VoteTracker.Benchmarks;

/// <summary>
/// Durable stance updates over HTTP on PostgreSQL by 32 clients, compared with pgbench: the same statements and server,
/// 32 clients, one transaction for each update. First all clients update one draft and wait for its row, as in a campaign.
/// Then each client updates another draft.
/// </summary>
internal static partial class WritePostgres
{
    private const int Clients = 32;
    private const int Many = 64;
    private const string Draft = "es-10-l-34";

    private static readonly string Drafts = $"""
        INSERT INTO resolution (id, title, session, kind, rule, status, visibility, origin, version, created_at, changed_at, changed_by)
        SELECT 'draft-' || n, title, session, kind, rule, status, visibility, origin, version, created_at, changed_at, changed_by
        FROM resolution, GENERATE_SERIES(0, {Many - 1}) n
        WHERE id = '{Draft}'
        """;

    public static async Task Run(Length length)
    {
        using var postgres = new PostgresServer();
        postgres.Copy("template0", "ours");
        postgres.Copy("template0", "theirs");
        await using var ours = await Server.VoteTracker(database: postgres.ConnectionString("ours"));
        await Campaign.Open(ours);
        var members = await Campaign.Members(ours);
        await using (var made = await Server.VoteTracker(database: postgres.ConnectionString("theirs")))
        {
            await Campaign.Open(made);
        }
        var folder = Directory.CreateTempSubdirectory("votetracker-pgbench-").FullName;
        try
        {
            postgres.Execute(Drafts, "theirs");
            var one = Scripts(folder, members, (_, member) => (Draft, member));
            var each = Scripts(folder, members, (i, member) => ($"draft-{i}", member));
            var script = Campaign.WriteScript(Campaign.Stances, members);
            Task<double> Ours() => Rate(ours.Address, script, length.Round);
            Task<double> One() => PgBench(postgres.Port, one, length.Round);
            Task<double> Each() => PgBench(postgres.Port, each, length.Round);
            for (var i = 0; i < 2; i++)
            {
                await Ours();
                await One();
                await Each();
            }
            await Ratios.Measure("write-postgres", "updates/s", length.Rounds, Ours, "pgbench, one draft", One);
            await Ratios.Measure("write-postgres", "updates/s", length.Rounds, Ours, "pgbench, a draft each", Each);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> Rate(Uri address, string script, TimeSpan length)
    {
        var result = await Wrk.Load(address, length, Clients, script);
        return result.NotOk == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.NotOk} answers were errors.");
    }

    // One script for each state, because pgbench has no text variables.
    private static List<string> Scripts(
        string folder,
        IReadOnlyList<string> members,
        Func<int, string, (string Draft, string Member)> of
    )
    {
        var files = new List<string>();
        for (var i = 0; i < Many; i++)
        {
            var (draft, member) = of(i, members[i]);
            var file = Path.Combine(folder, $"{draft}-{member}.sql");
            File.WriteAllText(
                file,
                $"""
                BEGIN;
                SELECT r.status, r.vote_on, (SELECT c.has_names FROM roll_call c WHERE c.resolution = r.id ORDER BY c.version DESC LIMIT 1) AS has_names, i.from_day, i.until_day, i.reason, s.position, s.certainty, s.evidence, s.evidence_url, s.note, s.contact, s.version, s.changed_by, s.changed_at FROM resolution r LEFT JOIN stance s ON s.resolution = r.id AND s.member_state = '{member}' LEFT JOIN ineligibility i ON i.member_state = '{member}' AND i.ended_at IS NULL WHERE r.id = '{draft}';
                UPDATE resolution SET version = version + 1, changed_at = CURRENT_TIMESTAMP, changed_by = 'pgbench' WHERE id = '{draft}' RETURNING version \gset
                INSERT INTO change (at, by, kind, resolution, member_state, version) VALUES (CURRENT_TIMESTAMP, 'pgbench', 'stance', '{draft}', '{member}', :version);
                INSERT INTO stance_change (replaced, resolution, member_state, version, position, certainty, evidence, note, reason, changed_at, changed_by) VALUES (COALESCE((SELECT version FROM stance WHERE resolution = '{draft}' AND member_state = '{member}'), 0), '{draft}', '{member}', :version, 'yes', 'likely', 'call', 'said so on the telephone', 'called', CURRENT_TIMESTAMP, 'pgbench');
                INSERT INTO stance (resolution, member_state, position, certainty, evidence, note, version, changed_at, changed_by) VALUES ('{draft}', '{member}', 'yes', 'likely', 'call', 'said so on the telephone', :version, CURRENT_TIMESTAMP, 'pgbench') ON CONFLICT (resolution, member_state) DO UPDATE SET position = excluded.position, certainty = excluded.certainty, evidence = excluded.evidence, note = excluded.note, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by;
                COMMIT;

                """
            );
            files.Add(file);
        }
        return files;
    }

    private static async Task<double> PgBench(int port, IReadOnlyList<string> files, TimeSpan length)
    {
        var start = new ProcessStartInfo(PostgresPrograms.PathOf("pgbench"))
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-h",
            "127.0.0.1",
            "-p",
            $"{port}",
            "-U",
            "votetracker",
            "-n",
            "-M",
            "prepared",
            "-c",
            $"{Clients}",
            "-j",
            "2",
            "-T",
            string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)length.TotalSeconds)}"),
            .. files.SelectMany(file => new[] { "-f", file }),
            "theirs",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using var pgbench = Process.Start(start)!;
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        return PerSecond().Match(output) is { Success: true } match
            ? double.Parse(match.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench said nothing we understand: {output}");
    }

    [GeneratedRegex("tps = (?<tps>[0-9.]+) \\(without", RegexOptions.ExplicitCapture)]
    private static partial Regex PerSecond();
}
