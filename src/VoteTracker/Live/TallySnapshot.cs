using System.Text;
using System.Text.Json;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>One immutable state of a resolution, with the representations that are served from memory.</summary>
internal sealed class TallySnapshot
{
    // Groupings, formats, rules, kinds of counting and pictures, multiplied: more than any client needs.
    private const int MaxRepresentations = 256;

    // About 100 kB each.
    private const int MaxImages = 16;

    private readonly Lazy<byte[]> _event;
    private readonly CachedForecast?[] _forecasts = new CachedForecast?[2];

    public TallySnapshot(Standings standings, long generation)
    {
        (Standings, Generation, EventId) = (standings, generation, standings.StateName);
        Tally = Tally.FromStandings(standings);
        Representations = new RepresentationCache(EventId, MaxRepresentations);
        Images = new RepresentationCache(EventId, MaxImages);
        TallyJson = new Representation(
            JsonSerializer.SerializeToUtf8Bytes(Tally, Json.Options),
            EventId,
            RepresentationFormat.NegotiatedJson
        );
        _event = new Lazy<byte[]>(() =>
            [.. Encoding.UTF8.GetBytes($"event: tally\nid: {EventId}\ndata: "), .. TallyJson.Body, .. "\n\n"u8]
        );
    }

    /// <summary>The generation of the slot when the state was read.</summary>
    public long Generation { get; }

    public Standings Standings { get; }

    public Tally Tally { get; }

    /// <summary>The tally as JSON. It is polled most, so it is created with the snapshot.</summary>
    public Representation TallyJson { get; }

    /// <summary>The other representations, each created when it is first requested.</summary>
    public RepresentationCache Representations { get; }

    /// <summary>The pictures as PNG.</summary>
    public RepresentationCache Images { get; }

    /// <summary>The id of the event in a stream, which is also the name of the state in ETags.</summary>
    public string EventId { get; }

    /// <summary>The event in a stream.</summary>
    public byte[] Event => _event.Value;

    public Visibility Visibility => Standings.Visibility;

    public Basis Basis => Standings.Basis;

    public DateTimeOffset ExpiresAt => Standings.Freshness.ExpiresAt;

    /// <summary>The forecast of this state; null if it has not been computed. It can expire before the snapshot.</summary>
    public CachedForecast? GetForecast(bool withCampaign) => Volatile.Read(ref _forecasts[withCampaign ? 1 : 0]);

    /// <summary>Stores the forecast of this state.</summary>
    public void SetForecast(bool withCampaign, CachedForecast forecast) =>
        Volatile.Write(ref _forecasts[withCampaign ? 1 : 0], forecast);
}
