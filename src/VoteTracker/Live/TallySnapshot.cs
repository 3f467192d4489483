using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>One state of a resolution's count, made once and never changed: the answers to polls as ready bytes.</summary>
internal sealed class TallySnapshot
{
    private readonly Counted _counted;
    private readonly Lazy<byte[]> _event;
    private readonly ConcurrentDictionary<string, byte[]> _others = new(StringComparer.Ordinal);

    public TallySnapshot(Counted counted, long generation)
    {
        _counted = counted;
        Generation = generation;
        Tally = Tally.FromStandings(counted.Standings);
        TallyJson = JsonSerializer.SerializeToUtf8Bytes(Tally, Json.Options);
        ETag = $"\"{counted.State}\"";
        _event = new Lazy<byte[]>(() =>
            [.. Encoding.UTF8.GetBytes($"event: tally\nid: {counted.State}\ndata: "), .. TallyJson, .. "\n\n"u8]
        );
    }

    /// <summary>How many signals the slot had seen when this was read.</summary>
    public long Generation { get; }

    public Tally Tally { get; }

    public byte[] TallyJson { get; }

    public string ETag { get; }

    /// <summary>The id of its event in a stream.</summary>
    public string EventId => _counted.State;

    /// <summary>The event of the tally's stream, ready to be sent.</summary>
    public byte[] Event => _event.Value;

    public Visibility Visibility => _counted.Visibility;

    public Basis Basis => _counted.Standings.Basis;

    public DateTimeOffset Expires => _counted.Expires;

    public Standings Standings => _counted.Standings;

    /// <summary>Another representation of this state, made when it is first asked for.</summary>
    public byte[] Other(string name, Func<Standings, byte[]> make) =>
        _others.GetOrAdd(name, static (_, arg) => arg.make(arg.Standings), (make, _counted.Standings));
}
