using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Fuzz;

/// <summary>Sends the requests of a seed over several connections, and collects the faults of their responses.</summary>
internal sealed partial class FuzzRun(FuzzContract contract, Ground ground, ulong seed)
{
    private const int Connections = 16;

    // The number of requests in each second of the service's clock.
    private const int PerSecond = 500;

    // One fault mostly has many requests. These are enough to find its cause.
    private const int MostFaults = 25;
    private const int MostShown = 1_500;

    private readonly RequestMaker _maker = new(contract, seed);
    private readonly Checker _checker = new(contract);
    private readonly ConcurrentDictionary<string, (int Count, string Example)> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, bool> _succeeded = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>A sentence for each kind of fault, with how often it occurred and the first request that showed it.</summary>
    public IReadOnlyList<string> Faults =>
        [
            .. _faults
                .OrderByDescending(f => f.Value.Count)
                .Take(MostFaults)
                .Select(f => $"{f.Key} ({f.Value.Count} times), first by {f.Value.Example}"),
        ];

    /// <summary>The operations that succeeded at least once.</summary>
    public IReadOnlyCollection<string> Succeeded => [.. _succeeded.Keys];

    /// <summary>The statuses and the rate, for the log of the test.</summary>
    public string Summary { get; private set; } = "";

    public async Task Send(IPEndPoint server, FakeTimeProvider clock, long first, long count)
    {
        var time = Stopwatch.StartNew();
        _number = first;
        await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => Task.Run(() => Work(server, clock, first + count)))
        );
        var statuses = _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}");
        Summary = string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}, {count} requests in {time.Elapsed.TotalSeconds:0.0} s, {count / time.Elapsed.TotalSeconds:0} a second; {string.Join(", ", statuses)}"
        );
    }

    private async Task Work(IPEndPoint server, FakeTimeProvider clock, long afterLast)
    {
        using var connection = new Connection(server);
        for (long number; (number = Interlocked.Increment(ref _number) - 1) < afterLast; )
        {
            if (number % PerSecond == 0)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
            var request = _maker.Make(number);
            string Replace(string placeholder) => ground.Value(request, placeholder);
            var response = await connection.Exchange(request, request.Bytes(ground.Keys[request.Role], Replace));
            _statuses.AddOrUpdate(response?.Status ?? 0, 1, (_, n) => n + 1);
            if (_checker.Fault(request, response) is { } fault)
            {
                _faults.AddOrUpdate(
                    Kind($"{request.Target}: {fault}"),
                    _ => (1, $"{request.Show(Replace)}\nreceived {Show(response)}\nfault: {fault}\n"),
                    (_, known) => (known.Count + 1, known.Example)
                );
            }
            else if (response is { Status: >= 200 and < 300 })
            {
                _succeeded.TryAdd(request.Target.ToString(), true);
                ground.Learn(request, response);
            }
        }
    }

    // The same fault at another place of a list is one kind.
    private static string Kind(string fault) =>
        string.Concat(fault.Select(c => char.IsAsciiDigit(c) ? '#' : c)).Replace("##", "#", StringComparison.Ordinal)
            is var kind
        && kind.Length > 160
            ? kind[..160]
            : kind;

    private static string Show(FuzzResponse? response)
    {
        var text = Key().Replace(response?.Text ?? "", "vt_\u2026");
        var shown = text.Length > MostShown ? text[..MostShown] + "\u2026" : text;
        return response is null ? "nothing" : $"{response.Status} {response.MediaType}: {shown}";
    }

    [GeneratedRegex(@"\bvt_[\w-]{20,}", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Key();
}
