using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Benchmarks;

/// <summary>
/// 5,000 listeners, a write a second: from the answer of the commit to the last listener, against nchan sending the
/// same bytes to as many; the memory of a listener; and what 500 that stopped reading cost the others.
/// </summary>
internal static class Listen
{
    public static async Task Run(Length length)
    {
        var (count, events) = length == Length.Full ? (5_000, 30) : (500, 5);
        await using var ours = await Server.VoteTracker();
        await Campaign.Open(ours);
        var stream = new Uri(ours.Address, Campaign.Tally + "/stream");
        await using var nchan = await Server.Nginx(
            """
            location = /publish { nchan_publisher; nchan_channel_id tally; nchan_message_buffer_length 1; }
            location = /listen { nchan_subscriber eventsource; nchan_channel_id tally; nchan_subscriber_first_message newest; }
            """,
            "load_module /usr/lib/nginx/modules/ngx_nchan_module.so;"
        );
        using var client = ours.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
        var bytes = await client.GetByteArrayAsync(Campaign.Tally);
        using var publisher = new HttpClient();

        var before = Machine.Resident(ours.Id);
        await using var listeners = await Listeners.Connect(stream, count);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var each = (Machine.Resident(ours.Id) - before) / (double)count / 1024;
        await using var theirs = await Listeners.Connect(new Uri(nchan.Address, "listen"), count);

        async Task Write(int i)
        {
            using var answer = await client.PutAsJsonAsync(
                $"{Campaign.Stances}/ZAF",
                new
                {
                    position = i % 2 == 0 ? "yes" : "no",
                    certainty = "likely",
                    evidence = "call",
                }
            );
            answer.EnsureSuccessStatusCode();
        }
        async Task Publish(int i)
        {
            using var answer = await publisher.PostAsync(
                new Uri(nchan.Address, "publish"),
                new ByteArrayContent(bytes)
            );
            answer.EnsureSuccessStatusCode();
        }

        await listeners.Last(() => Write(0));
        await theirs.Last(() => Publish(0));
        var (a, b) = (new List<double>(), new List<double>());
        for (var i = 1; i <= events; i++)
        {
            a.Add(await listeners.Last(() => Write(i)));
            await Task.Delay(500);
            b.Add(await theirs.Last(() => Publish(i)));
            await Task.Delay(500);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"listen, {count:N0} listeners, commit to the last one, 99th percentile: {Ratios.Quantile(a, 0.99):0.0} ms (median {Ratios.Quantile(a, 0.5):0.0}); nchan: {Ratios.Quantile(b, 0.99):0.0} ms (median {Ratios.Quantile(b, 0.5):0.0}); ratio {Ratios.Quantile(a, 0.99) / Ratios.Quantile(b, 0.99):0.00} (of the medians {Ratios.Quantile(a, 0.5) / Ratios.Quantile(b, 0.5):0.00})"
            )
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listen: {each:0.0} KB resident a listener"));

        listeners.StopReading(count / 10);
        var slow = new List<double>();
        for (var i = 1; i <= events; i++)
        {
            slow.Add(await listeners.Last(() => Write(i)));
            await Task.Delay(1_000);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"listen, {count / 10:N0} of them not reading: the others' 99th percentile {Ratios.Quantile(slow, 0.99):0.0} ms (median {Ratios.Quantile(slow, 0.5):0.0}); before {Ratios.Quantile(a, 0.99):0.0} ms; ratio {Ratios.Quantile(slow, 0.99) / Ratios.Quantile(a, 0.99):0.00}"
            )
        );
    }
}
