using System.Collections.Concurrent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>
/// What is expected of each member on a resolution at one moment, made once and never changed: what a forecast, a path
/// and a scenario are computed from.
/// </summary>
internal sealed class ForecastSnapshot
{
    // Whoever asks with a number of their own each time is answered, and not remembered.
    private const int MostReady = 16;

    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _ready = new(StringComparer.Ordinal);
    private readonly Lazy<Forecast> _forecast;
    private readonly Lazy<IReadOnlyList<Pivotality>> _pivotalities;

    public ForecastSnapshot(
        Counted counted,
        DateOnly today,
        CachedRecord record,
        RecordPrediction view,
        MemberForecast[] members,
        string numbers
    )
    {
        (Counted, Today, Record, View, Members) = (counted, today, record, view, members);
        State = $"{counted.State}.{today:O}.{record.RollCalls}.{numbers}";
        var nothing = members.All(m => m.Ballot.Position == Position.Unknown);
        NothingRecorded = nothing;
        Chances =
        [
            .. members.Select(m =>
                nothing ? VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting) : m.Expectation.Chances
            ),
        ];
        var rule = counted.Standings.Rule;
        _forecast = new Lazy<Forecast>(() => Forecast.Compute(rule, Chances));
        _pivotalities = new Lazy<IReadOnlyList<Pivotality>>(() => Pivotality.Compute(rule, Chances));
    }

    /// <summary>What stands.</summary>
    public Counted Counted { get; }

    /// <summary>The day from which the age of evidence is counted back.</summary>
    public DateOnly Today { get; }

    /// <summary>The roll calls there were.</summary>
    public CachedRecord Record { get; }

    /// <summary>What they let one expect of this text.</summary>
    public RecordPrediction View { get; }

    /// <summary>The members that may vote, in the order of their codes.</summary>
    public IReadOnlyList<MemberForecast> Members { get; }

    /// <summary>Whether nobody's stance is recorded: 0-0 is all there is, and reaches nothing.</summary>
    public bool NothingRecorded { get; }

    /// <summary>The chances of these members, in the same order.</summary>
    public IReadOnlyList<Chances> Chances { get; }

    public Forecast Forecast => _forecast.Value;

    /// <summary>Of the same members; empty where the rule is not recorded.</summary>
    public IReadOnlyList<Pivotality> Pivotalities => _pivotalities.Value;

    /// <summary>Changes when the answer does: with the resolution, the day, the roll calls of others, and the settings.</summary>
    public string State { get; }

    /// <summary>An answer made of these, ready as bytes once it was asked for; the first few that are asked for.</summary>
    public byte[] Ready(string name, Func<ForecastSnapshot, byte[]> make)
    {
        if (!_ready.TryGetValue(name, out var ready))
        {
            ready = new Lazy<byte[]>(() => make(this));
            // Made once for all who ask at that moment.
            ready = _ready.Count < MostReady ? _ready.GetOrAdd(name, ready) : ready;
        }
        return ready.Value;
    }

    /// <summary>
    /// What would be expected if it stood so: where a member stands as it does, as old as that is; where not, as of today.
    /// </summary>
    public IReadOnlyList<Chances> Suppose(Standings supposed, ForecastParameters numbers)
    {
        var now = Members.ToDictionary(m => m.Ballot.MemberState, StringComparer.Ordinal);
        var eligible = supposed.Ballots.Where(b => b.Eligible).ToList();
        return eligible.TrueForAll(b => b.Position == Position.Unknown)
            ? [.. eligible.Select(_ => VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting))]
            :
            [
                .. eligible.Select(ballot =>
                    now.TryGetValue(ballot.MemberState, out var known) && known.Ballot == ballot
                        ? known.Expectation.Chances
                        : Expectation.Create(ballot, days: 0, View, numbers).Chances
                ),
            ];
    }
}

/// <summary>A member that may vote, and what is expected of it.</summary>
internal sealed record MemberForecast(Ballot Ballot, string? Region, Expectation Expectation);
