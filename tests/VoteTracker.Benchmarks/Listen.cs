using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Benchmarks;

/// <summary>
/// 5,000 listeners and one write a second: the time until the last listener has the event, compared with nchan; the memory
/// of a listener; and the delay for others if 500 stop reading.
/// </summary>
internal sealed class Listen : IAsyncDisposable
{
    private const int Count = 5_000;
    private const int Stuck = 500;

    // Events before the first measured one, so that the runtime has compiled the code.
    private const int Warming = 50;

    // Events until all buffers of the stopped listeners are full: the system buffers about 280, the service about 110.
    private const int Filling = 450;

    private readonly Server _server;
    private readonly HttpClient _client;
    private readonly Listeners _listeners;
    private int _writes;

    private Listen(Server server, HttpClient client, Listeners listeners) =>
        (_server, _client, _listeners) = (server, client, listeners);

    public static async Task Run(Length length)
    {
        var events = length == Length.Full ? 60 : 10;
        await using var ours = await Start(printMemory: true);
        await AgainstNchan(ours, events);
        await WhileSomeDoNotRead(ours, events);
    }

    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    // Starts a service with all its listeners.
    private static async Task<Listen> Start(bool printMemory = false, int toStop = 0)
    {
        var server = await Server.VoteTracker();
        await Campaign.Open(server);
        var client = server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
        var before = Machine.Resident(server.Id);
        var listeners = await Listeners.Connect(
            new Uri(server.Address, Campaign.Tally + "/stream"),
            Count,
            presentAtOnce: true,
            toStop
        );
        // They stop before their connections grow, because the system buffers more for one that has read much.
        listeners.StopReading(toStop);
        var started = new Listen(server, client, listeners);
        for (var i = 0; i < Warming; i++)
        {
            await started.Change();
        }
        if (printMemory)
        {
            await PrintMemory((Machine.Resident(server.Id) - before) / (double)Count);
        }
        return started;
    }

    private Task<(double Last, double Answer)> Change() => _listeners.Measure(Write);

    private async Task Write()
    {
        using var answer = await _client.PutAsJsonAsync(
            $"{Campaign.Stances}/ZAF",
            new
            {
                position = _writes++ % 2 == 0 ? "yes" : "no",
                certainty = "likely",
                evidence = "call",
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    // The yardstick: a handler of the bare program that sends its headers and waits.
    private static async Task PrintMemory(double ours)
    {
        await using var bare = await Server.Bare();
        using var client = bare.Client();
        await client.GetByteArrayAsync("tally");
        var before = Machine.Resident(bare.Id);
        await using var waiting = await Listeners.Connect(new Uri(bare.Address, "wait"), Count, presentAtOnce: false);
        await Task.Delay(2_000);
        var theirs = (Machine.Resident(bare.Id) - before) / (double)Count;
        Console.WriteLine(
            Line(
                $"listen: {ours / 1024:0.0} KB resident a listener, of {Count:N0}, after {Warming} events; a handler that does nothing but wait: {theirs / 1024:0.0} KB; ratio {ours / theirs:0.00}"
            )
        );
    }

    // Both clocks start with the request, because nchan responds to its publisher only after it has sent to all.
    private static async Task AgainstNchan(Listen ours, int events)
    {
        await using var nchan = await Server.Nginx(
            """
            location = /publish { nchan_publisher; nchan_channel_id tally; nchan_message_buffer_length 1; }
            location = /listen { nchan_subscriber eventsource; nchan_channel_id tally; nchan_subscriber_first_message newest; }
            """,
            "load_module /usr/lib/nginx/modules/ngx_nchan_module.so;"
        );
        using var publisher = new HttpClient();
        var bytes = await ours._client.GetByteArrayAsync(Campaign.Tally);
        async Task Publish()
        {
            using var answer = await publisher.PostAsync(
                new Uri(nchan.Address, "publish"),
                new ByteArrayContent(bytes)
            );
            answer.EnsureSuccessStatusCode();
        }

        await using var theirs = await Listeners.Connect(new Uri(nchan.Address, "listen"), Count, presentAtOnce: false);
        await Task.Delay(500);
        for (var i = 0; i < Warming; i++)
        {
            await theirs.Measure(Publish);
        }
        var (a, b, afterAnswer) = (new List<double>(), new List<double>(), new List<double>());
        var (ourTime, theirTime) = (Machine.ProcessorTime(ours._server.Id), Machine.ProcessorTime(nchan.Id));
        for (var i = 0; i < events; i++)
        {
            var (last, answer) = await ours.Change();
            await Task.Delay(500);
            b.Add((await theirs.Measure(Publish)).Last);
            await Task.Delay(500);
            a.Add(last);
            afterAnswer.Add(last - answer);
        }
        Print($"listen: {Count:N0} listeners, a write a second, from the request to the last listener", a, "nchan", b);
        ourTime = (Machine.ProcessorTime(ours._server.Id) - ourTime) / events;
        theirTime = (Machine.ProcessorTime(nchan.Id) - theirTime) / events;
        Console.WriteLine(
            Line(
                $"listen: processor time an event: {ourTime:0.0} ms; nchan: {theirTime:0.0} ms; ratio {ourTime / theirTime:0.00}"
            )
        );
        Console.WriteLine(Line($"listen: from the writer's answer to the last listener: {Spread(afterAnswer)}"));
    }

    // Each in its own service, alternately, so that other load on the machine affects both.
    private static async Task WhileSomeDoNotRead(Listen all, int events)
    {
        await using var some = await Start(toStop: Stuck);
        // Until the buffers of the system are full, and then those of the service.
        for (var i = 0; i < Filling; i++)
        {
            await some.Change();
            await all.Change();
        }
        var kept = some._listeners.BufferedForStopped();
        for (var i = 0; i < 10; i++)
        {
            await some.Change();
        }
        if (some._listeners.BufferedForStopped() is var later && (later != kept || kept == 0))
        {
            throw new InvalidOperationException(
                $"They are not stuck yet: {kept:N0} bytes wait for them, and then {later:N0}."
            );
        }
        var (a, b) = (new List<double>(), new List<double>());
        for (var i = 0; i < events; i++)
        {
            a.Add((await some.Change()).Last);
            await Task.Delay(500);
            b.Add((await all.Change()).Last);
            await Task.Delay(500);
        }
        Print(
            $"listen: {Stuck:N0} of {Count:N0} do not read, from the request to the last of the others",
            a,
            "all read",
            b
        );
    }

    private static void Print(string figure, IReadOnlyList<double> ours, string yardstick, IReadOnlyList<double> theirs)
    {
        var ratios = ours.Zip(theirs, (x, y) => x / y).ToList();
        Console.WriteLine(
            Line(
                $"{figure}: {Spread(ours)}; {yardstick}: {Spread(theirs)}; {ours.Count} rounds; pairwise {Ratios.Quantile(ratios, 0.5):0.00} (quartiles {Ratios.Quantile(ratios, 0.25):0.00} to {Ratios.Quantile(ratios, 0.75):0.00}); ratio of the 99th percentiles {Ratios.Quantile(ours, 0.99) / Ratios.Quantile(theirs, 0.99):0.00}"
            )
        );
    }

    private static string Spread(IReadOnlyList<double> values) =>
        Line($"99th percentile {Ratios.Quantile(values, 0.99):0.0} ms (median {Ratios.Quantile(values, 0.5):0.0})");

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
