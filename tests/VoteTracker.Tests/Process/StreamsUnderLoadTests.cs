using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Tallies;

namespace VoteTracker.Tests.Process;

/// <summary>While many write: what anybody sees of a tally only goes forward, is true, and ends at what the rows say.</summary>
[EveryEngine]
public sealed class StreamsUnderLoadTests
{
    private const int Writing = 16;
    private const int Pollers = 8;
    private const int WhoWriteAndPoll = 4;
    private const int ListenersToEach = 3;
    private const int ListenersToAll = 4;

    private static readonly string[] Drafts = ["es-10-l-1", "es-10-l-2", "es-10-l-3"];
    private static readonly string[] Members = ["ZAF", "ZMB", "ZWE", "YEM"];
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(Length.IsSoak ? 30 : 3);

    [Test]
    public async Task Versions_only_increase_for_listeners_and_polling_clients_and_the_last_one_equals_the_rows()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        var writers = new Writers(Writing, Drafts);
        await writers.Open(service);

        var last = new TaskCompletionSource<IReadOnlyDictionary<string, long>>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        using var stop = new CancellationTokenSource();
        var watching = Drafts
            .SelectMany(draft =>
                Enumerable
                    .Range(0, ListenersToEach)
                    .Select(n => Listen($"listener {n} to {draft}", service, draft, last))
            )
            .Concat(
                Enumerable
                    .Range(0, ListenersToAll)
                    .Select(n => Listen($"listener {n} to all", service, draft: null, last))
            )
            .Concat(Enumerable.Range(0, Pollers).Select(n => Poll($"poller {n}", service, last)))
            .ToList();
        var lobbyists = Enumerable
            .Range(0, WhoWriteAndPoll)
            .Select(n => WriteAndPoll($"lobbyist {n}", service, n, stop.Token))
            .ToList();
        var writing = writers.Run(service, stop.Token);
        using (var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5)))
        {
            await Task.Delay(Spell, limit.Token);
            while (writers.Answered.Count < 300)
            {
                await Task.Delay(10, limit.Token);
            }
        }
        await stop.CancelAsync();
        await Task.WhenAll([writing, .. lobbyists]);
        writers.Unexpected.ShouldBeEmpty();
        var ledgers = Drafts.Select(draft => Ledger.Read(folder, draft)).ToList();
        last.SetResult(ledgers.ToDictionary(l => l.Resolution, l => l.Version, StringComparer.Ordinal));
        var watchers = await Task.WhenAll([.. watching, .. lobbyists]).WaitAsync(Hang.Limit);

        foreach (var ledger in ledgers)
        {
            ledger.Halves.ShouldBeEmpty();
            var recounted = ledger.Recounted();
            recounted[ledger.Version].ShouldBe(ledger.Standing);
            foreach (var seen in watchers.SelectMany(w => w.Seen).Where(s => s.Resolution == ledger.Resolution))
            {
                recounted
                    .GetValueOrDefault(seen.Version)
                    .ShouldBe(seen.Counts, $"version {seen.Version} as {seen.Way} had it");
            }
        }
        TestContext.Out.WriteLine(
            $"{writers.Answered.Count} writes; {watchers.Length} watchers saw {watchers.Sum(w => w.Seen.Count)} states."
        );
    }

    // Listens until it has heard the last state of all that it listens to.
    private static async Task<Watcher> Listen(
        string name,
        Service service,
        string? draft,
        TaskCompletionSource<IReadOnlyDictionary<string, long>> last
    )
    {
        using var client = service.Client(key: null);
        using var listener = draft is null ? await Listener.OpenAll(client) : await Listener.Open(client, draft);
        var watcher = new Watcher(name, listens: true);
        var next = listener.Next();
        while (!last.Task.IsCompleted || !watcher.Has(await last.Task, draft))
        {
            // The last event may have arrived already, and then no further event does.
            await Task.WhenAny(next, last.Task);
            if (!next.IsCompleted && watcher.Has(await last.Task, draft))
            {
                break;
            }
            var (id, tally) = await next;
            watcher.Take("an event", tally, new EntityTagHeaderValue($"\"{id}\""), rises: true);
            // A client that received a state from the stream never polls an older one.
            watcher.Take("a poll after an event", await client.GetJson(Path(tally["resolution"]!.GetValue<string>())));
            next = listener.Next();
        }
        next.Forget();
        return watcher;
    }

    // Polls without a condition, and with the tag of the last response.
    private static async Task<Watcher> Poll(
        string name,
        Service service,
        TaskCompletionSource<IReadOnlyDictionary<string, long>> last
    )
    {
        using var client = service.Client(key: null);
        var watcher = new Watcher(name, listens: false);
        for (var i = 0; !last.Task.IsCompleted || !watcher.Has(await last.Task, null); i++)
        {
            foreach (var draft in Drafts)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Path(draft));
                if (i % 2 == 0 && watcher.Tag(draft) is { } tag)
                {
                    request.Headers.IfNoneMatch.Add(tag);
                }
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.NotModified)
                {
                    answer.Headers.ETag.ShouldBe(watcher.Tag(draft));
                    continue;
                }
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                watcher.Take("a poll", await answer.Json(), answer.Headers.ETag);
            }
        }
        return watcher;
    }

    // An acknowledged write is in the next tally, also if other clients write.
    private static async Task<Watcher> WriteAndPoll(string name, Service service, int member, CancellationToken stop)
    {
        using var client = service.Client();
        var watcher = new Watcher(name, listens: false);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (draft, position) = (Drafts[i % Drafts.Length], i % 2 == 0 ? "yes" : "no");
            var written = await client.RecordStance(draft, Members[member], position);
            var tally = await client.GetJson(Path(draft));
            tally["version"]!
                .GetValue<long>()
                .ShouldBeGreaterThanOrEqualTo(
                    written["version"]!.GetValue<long>(),
                    $"a poll of {name} after its own write"
                );
            watcher.Take("a poll after a write", tally);
        }
        return watcher;
    }

    private static string Path(string draft) => $"/v1/resolutions/{draft}/tally";

    /// <summary>A client, and everything it has seen, in its order.</summary>
    private sealed class Watcher(string name, bool listens)
    {
        private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _heard = new(StringComparer.Ordinal);

        public List<(string Resolution, long Version, Ledger.Counts Counts, string Way)> Seen { get; } = [];

        /// <summary>The tag of the last response.</summary>
        public EntityTagHeaderValue? Tag(string resolution) =>
            _newest.TryGetValue(resolution, out var version)
                ? new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\""))
                : null;

        /// <summary>Whether it has seen the last version of one draft or of all. A listener has it from the stream.</summary>
        public bool Has(IReadOnlyDictionary<string, long> last, string? resolution) =>
            last.Where(l => resolution is null || l.Key == resolution)
                .All(l => (listens ? _heard : _newest).GetValueOrDefault(l.Key) >= l.Value);

        public void Take(string way, JsonNode tally, EntityTagHeaderValue? tag = null, bool rises = false)
        {
            var (resolution, version) = (tally["resolution"]!.GetValue<string>(), tally["version"]!.GetValue<long>());
            version.ShouldBeGreaterThanOrEqualTo(
                rises ? _heard.GetValueOrDefault(resolution) + 1 : _newest.GetValueOrDefault(resolution),
                $"{way} of {name}, about {resolution}"
            );
            tag?.Tag.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
            if (rises)
            {
                _heard[resolution] = version;
            }
            _newest[resolution] = Math.Max(version, _newest.GetValueOrDefault(resolution));
            Seen.Add((resolution, version, Ledger.Counts.From(tally), $"{way} of {name}"));
        }
    }
}
