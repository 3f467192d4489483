using System.Globalization;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>
/// Every raw response equals the recorded one: status line, headers in their order, body. The requests cover each operation by
/// each role and with each fault; the responses are in the files beside this test, one for each operation.
/// </summary>
public sealed class RecordedTests
{
    /// <summary>The largest import of the service that is recorded.</summary>
    public const int MostOfImport = 2_000_000;

    private const int MostReported = 3;
    private const int MostFilesReported = 10;

    private static readonly string Folder = Path.Combine(
        Repository.Root,
        "tests/VoteTracker.Tests/Contract/Recorded/responses"
    );

    [Test, OnlySqlite]
    public async Task Every_raw_response_is_the_recorded_one()
    {
        var recording = new Recording();
        await Play(recording);
        await PlayLimited(recording);
        ShouldCoverTheContract(recording);

        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            Write(recording);
        }

        Differences(recording)
            .Select((difference, i) => i < MostFilesReported ? difference : difference.Split('\n')[0])
            .ShouldBeEmpty(
                "A response differs from the recording. If that is meant, refresh the files: "
                    + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter Every_raw_response_is_the_recorded_one"
            );
    }

    private static async Task Play(Recording recording)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MaxBodyBytes"] = WrongWrites.MostBytes.ToString(CultureInfo.InvariantCulture),
            ["WebhookHosts"] = "127.0.0.1",
            ["SendWebhooks"] = "false",
            ["MaxImportBytes"] = MostOfImport.ToString(CultureInfo.InvariantCulture),
        };
        using var app = new App(settings: settings);
        // Cursors are sealed with a secret of the database; with this one they are always the same.
        Databases.Execute(app.Folder, $"UPDATE secret SET value = '{new string('0', 64)}' WHERE name = 'cursor'");
        var stage = new Stage(app.Clock, app.Listen(), recording);
        await FirstWrites.Play(stage);
        await DeskWrites.Play(stage);
        await ListWrites.Play(stage);
        await SupportWrites.Play(stage);
        await SharedWrites.Play(stage);
        await WebhookWrites.Play(stage);
        await TimetableWrites.Play(stage);
        await SessionWrites.Play(stage);
        await Reads.Play(stage);
        await Addresses.Play(stage);
        await WrongWrites.Play(stage);
        await Repeats.Play(stage);
        await Patches.Play(stage);
        await VoteDayWrites.Play(stage);
        await LastWrites.Play(stage);
        app.Log.Where(l => l.StartsWith("Error", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // Without a key, reads of the database are limited, and responses from memory are not.
    private static async Task PlayLimited(Recording recording)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "1" };
        var isFirst = true;
        // A service for a few operations each: after a minute, another request would be allowed.
        foreach (var operations in Operation.All.Chunk(20))
        {
            using var app = new App(settings: settings);
            var stage = new Stage(app.Clock, app.Listen(), recording);
            if (!isFirst)
            {
                await stage.Ask(new RawRequest("unknown-key", "GET", "/v1/sessions/es-10"));
            }
            isFirst = false;
            await PlayLimited(stage, operations);
        }
    }

    private static async Task PlayLimited(Stage stage, IEnumerable<Operation> operations)
    {
        (stage.Ids["contact"], stage.Ids["import"], stage.Ids["key"]) = ("nothing", "nothing", "nothing");
        (stage.Ids["share-link"], stage.Ids["shared"]) = ("nothing", "nothing");
        stage.Ids["webhook"] = "nothing";
        (stage.Ids["calendar"], stage.Ids["calendar-secret"]) = ("nothing", "nothing");
        foreach (var operation in operations)
        {
            var request = stage.RequestOf(operation, "anonymous", Stage.Adopted) with { Note = "limited", Blocks = 1 };
            // Uses the only request of the minute if it is available again.
            await stage.Ask(new RawRequest("anonymous", "GET", "/v1/sessions/es-10"));
            await stage.Play(request);
            await stage.Play(request with { Role = "unknown-key" });
            if (operation.Queries.Any(q => q.Name == "asOf"))
            {
                await stage.Play(request with { Path = request.Path + "?asOf=2026-11-21T00:00:00Z" });
            }
        }
    }

    private static void ShouldCoverTheContract(Recording recording)
    {
        Operation.All.Count.ShouldBe(225);
        foreach (var operation in Operation.All)
        {
            var played = recording.Played.Where(p => p.File == operation.Id && p.Method == operation.Method).ToList();
            // An import is cancelled only while it runs, and a recording cannot wait for that. Metrics are never the same twice, so
            // they are off.
            var success = operation.Id is "CancelImport" or "GetMetrics" ? 4 : 2;
            played.ShouldContain(p => p.Status / 100 == success, $"{operation.Id} succeeds");
            Stage.Roles.Except(played.Select(p => p.Role)).ShouldBeEmpty(operation.Id);
        }
        recording.Played.ShouldAllBe(p => p.Status < 500 || p.Status == 501 || p.Status == 505);
        var statuses = recording.Played.GroupBy(p => p.Status).OrderBy(g => g.Key);
        TestContext.Out.WriteLine(
            $"{recording.Played.Count} requests: {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Count()}"))}"
        );
    }

    private static void Write(Recording recording)
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Delete(file);
        }
        foreach (var (file, entries) in recording.Files)
        {
            File.WriteAllText(PathOf(file), string.Join('\n', entries.Select(e => $"### {e}")));
        }
    }

    private static IReadOnlyList<string> Differences(Recording recording) =>
        [
            .. Directory
                .GetFiles(Folder)
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Union(recording.Files.Keys)
                .Order(StringComparer.Ordinal)
                .Select(file => Difference(file, recording.Files.GetValueOrDefault(file) ?? []))
                .OfType<string>(),
        ];

    private static string? Difference(string file, IReadOnlyList<string> actual)
    {
        var path = PathOf(file);
        List<string> expected = File.Exists(path)
            ? [.. ("\n" + File.ReadAllText(path)).Split("\n### ").Skip(1).Select(e => e.TrimEnd('\n') + "\n")]
            : [];
        var differing = Enumerable
            .Range(0, Math.Max(expected.Count, actual.Count))
            .Where(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i))
            .ToList();
        var shown = differing
            .Take(MostReported)
            .Select(i => $"expected: {Shown(expected, i)}\nactual: {Shown(actual, i)}");
        return differing.Count == 0 ? null : $"{file}: {differing.Count} differ\n{string.Join('\n', shown)}";
    }

    // A response with only a name is shown earlier in the file.
    private static string Shown(IReadOnlyList<string> entries, int index)
    {
        if (index >= entries.Count)
        {
            return "(nothing)";
        }
        var name = entries[index].TrimEnd('\n').Split('\n')[^1];
        var first = name.StartsWith("= ", StringComparison.Ordinal)
            ? entries.FirstOrDefault(e => e.Contains($"\n{name}:\n", StringComparison.Ordinal))
            : null;
        return first is null
            ? entries[index]
            : entries[index] + first[first.IndexOf($"\n{name}:\n", StringComparison.Ordinal)..];
    }

    private static string PathOf(string file) => Path.Combine(Folder, file + ".txt");
}
