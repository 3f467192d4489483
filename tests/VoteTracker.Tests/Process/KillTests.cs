using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;

namespace VoteTracker.Tests.Process;

/// <summary>A write that was answered is there, whatever becomes of the process.</summary>
public sealed class KillTests
{
    private const int Writers = 32;
    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided"];

    /// <summary>How long the writers write before the kill, at the least and at the most.</summary>
    private static (TimeSpan Least, TimeSpan Most) Spell =>
        Length.IsSoak
            ? (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10))
            : (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));

    [Test]
    public async Task Every_answered_write_survives_a_kill_with_its_history()
    {
        var rounds = Length.IsSoak ? 50 : 3;
        for (var round = 0; round < rounds; round++)
        {
            (await KillUnderLoad(Service.Program)).ShouldBeEmpty($"round {round + 1} of {rounds}");
        }
    }

    /// <summary>Writes until the process is killed, starts it again, and says what is wrong with what it finds.</summary>
    internal static async Task<IReadOnlyList<string>> KillUnderLoad(string program)
    {
        using var folder = new Folder();
        var answered = new ConcurrentBag<Answered>();
        IReadOnlyList<string> members;
        await using (var service = await Service.Start(folder, program))
        {
            using var client = service.Client();
            await Open(client);
            members = await Members(client);
            using var stop = new CancellationTokenSource();
            var writers = Enumerable
                .Range(0, Writers)
                .Select(writer => Task.Run(() => Write(service, members, writer, answered, stop.Token)))
                .ToArray();
            var (least, most) = Spell;
            await Task.Delay(least + (most - least) * Random.Shared.NextDouble(), CancellationToken.None);
            await service.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }
        answered.Count.ShouldBeGreaterThan(20, "the writers wrote something before the kill");
        await using var again = await Service.Start(folder, program);
        using var reader = again.Client();
        return await WhatIsWrong(reader, members, answered);
    }

    private static async Task Open(HttpClient client)
    {
        using var opened = await client.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.1",
                title = "A draft",
                session = "es-10",
                kind = "draft",
            }
        );
        opened.EnsureSuccessStatusCode();
    }

    private static async Task<IReadOnlyList<string>> Members(HttpClient client) =>
        [
            .. (await client.GetJson("/v1/member-states"))["items"]!
                .AsArray()
                .Select(m => m!["iso3"]!.GetValue<string>()),
        ];

    // Every writer reads what stands and writes over that: sometimes two meet on the same state, and one is told 412.
    private static async Task Write(
        Service service,
        IReadOnlyList<string> members,
        int writer,
        ConcurrentBag<Answered> answered,
        CancellationToken stop
    )
    {
        using var client = service.Client();
        var random = new Random(writer);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var member = members[random.Next(members.Count)];
            var path = $"/v1/resolutions/es-10-l-1/stances/{member}";
            var position = Positions[random.Next(Positions.Length)];
            var note = string.Create(CultureInfo.InvariantCulture, $"{writer}-{i}");
            try
            {
                using var read = await client.GetAsync(path, stop);
                var seen = read.Headers.ETag!.Tag;
                using var answer = await client.Put(
                    path,
                    new
                    {
                        position,
                        certainty = "likely",
                        evidence = "call",
                        note,
                    },
                    ifMatch: seen
                );
                if (answer.IsSuccessStatusCode)
                {
                    var version = (await answer.Json())["version"]!.GetValue<long>();
                    answered.Add(new Answered(member, version, position, note, seen));
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<IReadOnlyList<string>> WhatIsWrong(
        HttpClient client,
        IReadOnlyList<string> members,
        ConcurrentBag<Answered> answered
    )
    {
        var wrong = new List<string>();
        var recount = new Dictionary<string, int>(StringComparer.Ordinal);
        var byMember = answered.ToLookup(a => a.MemberState, StringComparer.Ordinal);
        foreach (var member in members)
        {
            var history = await History(client, member);
            var stance = await client.GetJson($"/v1/resolutions/es-10-l-1/stances/{member}");
            var position = stance["position"]!.GetValue<string>();
            recount[position] = recount.GetValueOrDefault(position) + 1;
            foreach (var write in byMember[member])
            {
                if (!history.TryGetValue(write.Version, out var kept) || kept != (write.Position, write.Note))
                {
                    wrong.Add($"{member}: version {write.Version} was answered and is not in the history");
                }
            }
            foreach (
                var twice in byMember[member].GroupBy(w => w.Seen, StringComparer.Ordinal).Where(g => g.Count() > 1)
            )
            {
                wrong.Add($"{member}: {twice.Count()} writes over version {twice.Key} were accepted");
            }
            // Half a write would be a stance without its history, or a history without its stance.
            var newest = history.Count == 0 ? 0 : history.Keys.Max();
            if (stance["version"]!.GetValue<long>() != newest)
            {
                wrong.Add($"{member}: stands at version {stance["version"]}, its history at {newest}");
            }
        }
        var tally = await client.GetJson("/v1/resolutions/es-10-l-1/tally");
        foreach (var position in Positions.Append("unknown"))
        {
            if (tally[position]!.GetValue<int>() != recount.GetValueOrDefault(position))
            {
                wrong.Add(
                    $"the tally says {tally[position]} {position}, a recount {recount.GetValueOrDefault(position)}"
                );
            }
        }
        return wrong;
    }

    private static async Task<Dictionary<long, (string Position, string Note)>> History(
        HttpClient client,
        string member
    )
    {
        var history = new Dictionary<long, (string, string)>();
        var next = $"/v1/resolutions/es-10-l-1/stances/{member}/history?limit=1000";
        while (next is not null)
        {
            using var answer = await client.GetAsync(next);
            foreach (var change in (await answer.Json())["items"]!.AsArray())
            {
                history[change!["version"]!.GetValue<long>()] = (
                    change["to"]!.GetValue<string>(),
                    change["note"]?.GetValue<string>() ?? ""
                );
            }
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        return history;
    }

    private sealed record Answered(string MemberState, long Version, string Position, string Note, string Seen);
}
