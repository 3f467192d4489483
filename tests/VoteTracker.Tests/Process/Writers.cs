using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Process;

/// <summary>
/// Lobbyists that write as fast as responses arrive, each with the version that it has read. A third of them write to three
/// states, so that they conflict. The others write to all states, and sometimes delete a stance or record a co-sponsor. They
/// store the responses.
/// </summary>
internal sealed class Writers(int count, params string[] resolutions)
{
    private const int Contested = 3;

    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided"];
    private static readonly string[] Statuses = ["wanted", "committed", "signed"];

    private readonly ConcurrentQueue<Write> _answered = new();
    private readonly ConcurrentQueue<string> _unexpected = new();
    private List<string> _members = [];
    private int _refused;
    private int _spells;

    /// <summary>Called for each acknowledged write, before its response is processed.</summary>
    public Action Answer { get; set; } = () => { };

    /// <summary>The acknowledged writes.</summary>
    public IReadOnlyCollection<Write> Answered => _answered;

    /// <summary>The number of writes that were rejected because of a conflict.</summary>
    public int Refused => _refused;

    /// <summary>Unexpected responses.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    /// <summary>Opens the drafts that they write to. Their tallies are public.</summary>
    public async Task Open(Service service)
    {
        using var client = service.Client();
        foreach (var id in resolutions)
        {
            using var opened = await client.PostAsJsonAsync(
                "/v1/resolutions",
                new
                {
                    id,
                    symbol = $"A/{id}",
                    title = "A draft",
                    session = "es-10",
                    kind = "draft",
                    visibility = "tally",
                }
            );
            opened.EnsureSuccessStatusCode();
        }
        _members =
        [
            .. (await client.GetJson("/v1/member-states"))["items"]!
                .AsArray()
                .Select(m => m!["iso3"]!.GetValue<string>()),
        ];
    }

    /// <summary>Writes until it is stopped, or the service does not respond any more.</summary>
    public Task Run(Service service, CancellationToken stop)
    {
        var spell = Interlocked.Increment(ref _spells);
        return Task.WhenAll(
            Enumerable.Range(0, count).Select(writer => Task.Run(() => Run(service, spell, writer, stop), stop))
        );
    }

    private async Task Run(Service service, int spell, int writer, CancellationToken stop)
    {
        using var client = service.Client();
        var random = new Random(HashCode.Combine(spell, writer));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var write = new Write
            {
                Resolution = resolutions[random.Next(resolutions.Length)],
                MemberState = _members[random.Next(writer % 3 == 0 ? Contested : _members.Count)],
                Note = string.Create(CultureInfo.InvariantCulture, $"{spell}-{writer}-{i}"),
            };
            try
            {
                await (
                    (writer % 3, random.Next(8)) is (2, 0)
                        ? CoSponsor(client, write, Statuses[random.Next(Statuses.Length)])
                        : Stance(client, write, Positions[random.Next(Positions.Length)], delete: random.Next(8) == 0)
                );
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return;
            }
        }
    }

    private async Task Stance(HttpClient client, Write write, string position, bool delete)
    {
        var path = $"/v1/resolutions/{write.Resolution}/stances/{write.MemberState}";
        using var read = await client.GetAsync(path);
        if (!read.IsSuccessStatusCode)
        {
            await Take(read, write);
            return;
        }
        var seen = read.Headers.ETag!.Tag;
        var known = (await read.Json())["position"]!.GetValue<string>() != "unknown";
        if (delete && known)
        {
            using var deleted = await client.Send(HttpMethod.Delete, path, ifMatch: seen);
            await Take(deleted, write with { Seen = seen, Content = "unknown", Note = null });
            return;
        }
        using var put = await client.Put(
            path,
            new
            {
                position,
                certainty = "likely",
                evidence = "call",
                note = write.Note,
                reason = seen,
            },
            ifMatch: seen
        );
        await Take(put, write with { Seen = seen, Content = position });
    }

    private async Task CoSponsor(HttpClient client, Write write, string status)
    {
        using var put = await client.Put(
            $"/v1/resolutions/{write.Resolution}/co-sponsors/{write.MemberState}",
            new
            {
                status,
                role = "main",
                note = write.Note,
            }
        );
        await Take(put, write with { Kind = "co-sponsor", Content = status });
    }

    private async Task Take(HttpResponseMessage answer, Write write)
    {
        if (answer.IsSuccessStatusCode)
        {
            Answer();
            var tag = answer.Headers.ETag!.Tag.Trim('"');
            _answered.Enqueue(write with { Version = long.Parse(tag, CultureInfo.InvariantCulture) });
        }
        else if (answer.StatusCode == HttpStatusCode.PreconditionFailed && write.Seen is not null)
        {
            Interlocked.Increment(ref _refused);
        }
        else
        {
            _unexpected.Enqueue($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>A write, as its client knows it.</summary>
    internal sealed record Write
    {
        public required string Resolution { get; init; }
        public required string MemberState { get; init; }

        /// <summary>Identifies the write; a deleted stance has no note.</summary>
        public required string? Note { get; init; }

        public string Kind { get; init; } = "stance";

        public string Content { get; init; } = "";

        /// <summary>The ETag that the write named; null for any version.</summary>
        public string? Seen { get; init; }

        public long Version { get; init; }
    }
}
