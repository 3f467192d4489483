using VoteTracker.Endpoints.Conditional;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>
/// The immutable forecast of one state of a resolution: the expected vote of each member. Forecast reports, paths and
/// scenarios are computed from it.
/// </summary>
internal sealed class ForecastSnapshot
{
    // A client can send any number as blocShock, so not all reports are cached.
    private const int MaxRepresentations = 16;
    private const int MaxPictures = 24;

    private readonly Lazy<Forecast> _forecast;
    private readonly Lazy<IReadOnlyList<Pivotality>> _pivotalities;

    // The last forecast with pressures. Other pressures replace it.
    private volatile ForecastSnapshot? _withPressures;

    public ForecastSnapshot(
        Standings standings,
        DateOnly today,
        CachedRecord record,
        RecordPrediction prediction,
        MemberForecast[] members,
        string settingsHash
    )
        : this(
            $"{standings.StateName}.{today:O}.{record.RollCalls}.{settingsHash}{(prediction.Model == ForecastModel.Learned ? ".learned" : "")}",
            standings,
            today,
            record,
            prediction,
            members
        ) { }

    private ForecastSnapshot(
        string stateName,
        Standings standings,
        DateOnly today,
        CachedRecord record,
        RecordPrediction prediction,
        MemberForecast[] members
    )
    {
        (StateName, Standings, Today, Record, Prediction, Members) = (
            stateName,
            standings,
            today,
            record,
            prediction,
            members
        );
        Representations = new RepresentationCache(StateName, MaxRepresentations);
        Pictures = new RepresentationCache(StateName, MaxPictures);
        NothingRecorded = members.All(m => m.Ballot.Position == Position.Unknown);
        Chances =
        [
            .. members.Select(m =>
                NothingRecorded ? VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting) : m.Chances
            ),
        ];
        _forecast = new Lazy<Forecast>(() => Forecast.Compute(standings.Rule, Chances));
        _pivotalities = new Lazy<IReadOnlyList<Pivotality>>(() => Pivotality.Compute(standings.Rule, Chances));
    }

    /// <summary>The current standings.</summary>
    public Standings Standings { get; }

    /// <summary>The day from which the age of evidence is counted.</summary>
    public DateOnly Today { get; }

    /// <summary>The roll calls that the prediction is made from.</summary>
    public CachedRecord Record { get; }

    /// <summary>What the record predicts for this resolution.</summary>
    public RecordPrediction Prediction { get; }

    /// <summary>The members that may vote, in the order of their codes.</summary>
    public IReadOnlyList<MemberForecast> Members { get; }

    /// <summary>Whether no stance is recorded. The forecast is then 0-0, which reaches no majority.</summary>
    public bool NothingRecorded { get; }

    /// <summary>The chances of the members, in the same order.</summary>
    public IReadOnlyList<Chances> Chances { get; }

    public Forecast Forecast => _forecast.Value;

    /// <summary>The pivotalities of the members, in the same order; empty if the rule is not recorded.</summary>
    public IReadOnlyList<Pivotality> Pivotalities => _pivotalities.Value;

    /// <summary>Changes with the state of the resolution, the day, the roll calls of other resolutions, the model, and the settings.</summary>
    public string StateName { get; }

    /// <summary>The reports of this forecast.</summary>
    public RepresentationCache Representations { get; }

    /// <summary>The pictures of this forecast.</summary>
    public RepresentationCache Pictures { get; }

    /// <summary>The same forecast with the pressures on its members.</summary>
    /// <param name="name">The name of these pressures, which is a part of the ETag.</param>
    /// <param name="effectOn">The effect on a member; null without pressures.</param>
    public ForecastSnapshot WithPressures(string name, Func<string, PressureEffect?> effectOn)
    {
        var stateName = $"{StateName}.{name}";
        if (_withPressures is { } last && last.StateName == stateName)
        {
            return last;
        }
        return _withPressures = new ForecastSnapshot(
            stateName,
            Standings,
            Today,
            Record,
            Prediction,
            [.. Members.Select(member => member with { Pressure = effectOn(member.Ballot.MemberState) })]
        );
    }

    /// <summary>
    /// The chances under other standings. A member with the same ballot keeps its chances. Any other ballot is treated as
    /// recorded today.
    /// </summary>
    public IReadOnlyList<Chances> Suppose(Standings supposed, ForecastParameters parameters)
    {
        var current = Members.ToDictionary(m => m.Ballot.MemberState, StringComparer.Ordinal);
        var eligible = supposed.Ballots.Where(b => b.Eligible).ToList();
        return eligible.TrueForAll(b => b.Position == Position.Unknown)
            ? [.. eligible.Select(_ => VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting))]
            :
            [
                .. eligible.Select(ballot =>
                    current.TryGetValue(ballot.MemberState, out var member) && member.Ballot == ballot
                        ? member.Expectation.Chances
                        : Expectation.Create(ballot, days: 0, Prediction, parameters).Chances
                ),
            ];
    }
}

/// <summary>A member that may vote, and its expected vote.</summary>
internal sealed record MemberForecast(Ballot Ballot, string? Region, Expectation Expectation)
{
    /// <summary>The effect of the pressures on it; null without pressures, and in a forecast that does not use them.</summary>
    public PressureEffect? Pressure { get; init; }

    /// <summary>The resulting chances.</summary>
    public Chances Chances => Pressure?.Apply(Expectation.Chances) ?? Expectation.Chances;
}
