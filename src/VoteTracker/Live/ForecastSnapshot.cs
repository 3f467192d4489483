using System.Collections.Concurrent;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>
/// The immutable forecast of one state of a resolution: the expected vote of each member. Forecast reports, paths and
/// scenarios are computed from it.
/// </summary>
/// <remarks>Over 200 lines because its variants, with other options and with pressures, are made from its private state.</remarks>
internal sealed class ForecastSnapshot
{
    // A client can send any number as blocShock, so not all reports are cached.
    private const int MaxRepresentations = 16;
    private const int MaxPictures = 24;

    private readonly Lazy<(Forecast Forecast, IReadOnlyList<Pivotality> Pivotalities)> _forecast;
    private readonly ConcurrentDictionary<ForecastOptions, ForecastSnapshot> _variants = [];
    private readonly IReadOnlyList<MemberForecast> _unlearned;
    private readonly string _baseName;

    // The last forecast with pressures. Other pressures replace it.
    private volatile ForecastSnapshot? _withPressures;

    public ForecastSnapshot(
        Standings standings,
        DateOnly today,
        CachedRecord record,
        ResolutionPrediction prediction,
        MemberForecast[] members,
        string settingsHash
    )
        : this(
            $"{standings.StateName}.{today:O}.{record.RollCalls}.{settingsHash}{(prediction.Record.Model == ForecastModel.Learned ? ".learned" : "")}{(prediction.Factors.IsReady ? "" : ".unready")}",
            ForecastOptions.Default,
            standings,
            today,
            record,
            prediction,
            members
        ) { }

    private ForecastSnapshot(
        string stateName,
        ForecastOptions options,
        Standings standings,
        DateOnly today,
        CachedRecord record,
        ResolutionPrediction prediction,
        IReadOnlyList<MemberForecast> members
    )
    {
        (_baseName, Options, Standings, Today, Record, FromRecord, _unlearned) = (
            stateName,
            options,
            standings,
            today,
            record,
            prediction,
            members
        );
        StateName = $"{stateName}{options.Suffix}";
        NothingRecorded = members.All(m => m.Ballot.Position == Position.Unknown);
        (Members, Update) = NothingRecorded ? (members, null) : Learn(members);
        Representations = new RepresentationCache(StateName, MaxRepresentations);
        Pictures = new RepresentationCache(StateName, MaxPictures);
        Chances =
        [
            .. Members.Select(m =>
                NothingRecorded ? VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting) : m.Chances
            ),
        ];
        _forecast = new Lazy<(Forecast, IReadOnlyList<Pivotality>)>(Compute);
    }

    /// <summary>The current standings.</summary>
    public Standings Standings { get; }

    /// <summary>The day from which the age of evidence is counted.</summary>
    public DateOnly Today { get; }

    /// <summary>The roll calls that the prediction is made from.</summary>
    public CachedRecord Record { get; }

    /// <summary>What the record predicts for this resolution, before its own stances.</summary>
    public ResolutionPrediction FromRecord { get; }

    /// <summary>The chances from the record.</summary>
    public RecordPrediction Prediction => FromRecord.Record;

    /// <summary>The members that may vote, in the order of their codes.</summary>
    public IReadOnlyList<MemberForecast> Members { get; }

    /// <summary>Whether no stance is recorded. The forecast is then 0-0, which reaches no majority.</summary>
    public bool NothingRecorded { get; }

    /// <summary>The chances of the members, in the same order.</summary>
    public IReadOnlyList<Chances> Chances { get; }

    /// <summary>The options.</summary>
    public ForecastOptions Options { get; }

    /// <summary>What the known stances say about the other members; null if they are not used, or if there are none.</summary>
    public StanceUpdate? Update { get; }

    /// <summary>How members moved together in the record.</summary>
    public RecordFactors Factors => FromRecord.Factors;

    public Forecast Forecast => _forecast.Value.Forecast;

    /// <summary>The pivotalities of the members, in the same order; empty if the rule is not recorded.</summary>
    public IReadOnlyList<Pivotality> Pivotalities => _forecast.Value.Pivotalities;

    /// <summary>Changes with the state of the resolution, the day, the roll calls of other resolutions, the model, and the settings.</summary>
    public string StateName { get; }

    /// <summary>The reports of this forecast.</summary>
    public RepresentationCache Representations { get; }

    /// <summary>The pictures of this forecast.</summary>
    public RepresentationCache Pictures { get; }

    /// <summary>The same forecast with other options.</summary>
    public ForecastSnapshot With(ForecastOptions options) =>
        options == Options
            ? this
            : _variants.GetOrAdd(
                options,
                static (other, snapshot) =>
                    new ForecastSnapshot(
                        snapshot._baseName,
                        other,
                        snapshot.Standings,
                        snapshot.Today,
                        snapshot.Record,
                        snapshot.FromRecord,
                        snapshot._unlearned
                    ),
                this
            );

    /// <summary>The same forecast with the pressures on its members.</summary>
    /// <param name="name">The name of these pressures, which is a part of the ETag.</param>
    /// <param name="effectOn">The effect on a member; null without pressures.</param>
    public ForecastSnapshot WithPressures(string name, Func<string, PressureEffect?> effectOn)
    {
        var baseName = $"{_baseName}.{name}";
        if (_withPressures is { } last && last._baseName == baseName)
        {
            return last;
        }
        return _withPressures = new ForecastSnapshot(
            baseName,
            Options,
            Standings,
            Today,
            Record,
            FromRecord,
            [.. _unlearned.Select(member => member with { Pressure = effectOn(member.Ballot.MemberState) })]
        );
    }

    /// <summary>
    /// The probability under other standings. A member with the same ballot keeps its chances. Any other ballot is treated
    /// as recorded today. Null if the rule is not recorded.
    /// </summary>
    public double? ProbabilityUnder(Standings supposed, ForecastParameters parameters)
    {
        // Without what stances say about others: the supposed stances can say something else, or nothing.
        var current = _unlearned.ToDictionary(m => m.Ballot.MemberState, StringComparer.Ordinal);
        var ballots = supposed.Ballots.Where(b => b.Eligible).ToList();
        var members = ballots.ConvertAll(ballot =>
            current.TryGetValue(ballot.MemberState, out var member) && member.Ballot == ballot
                ? member
                : new MemberForecast(ballot, Region: null, Expectation.Create(ballot, days: 0, Prediction, parameters))
        );
        if (ballots.TrueForAll(b => b.Position == Position.Unknown))
        {
            return Forecast.ProbabilityOf(
                supposed.Rule,
                [.. ballots.Select(_ => VoteTracker.Voting.Forecasts.Chances.Certain(Vote.NonVoting))]
            );
        }
        var (learned, update) = Learn(members);
        return FindCases(learned, update) is { } cases
            ? DependentForecast.ProbabilityOf(supposed.Rule, cases)
            : Forecast.ProbabilityOf(supposed.Rule, [.. learned.Select(member => member.Chances)]);
    }

    /// <summary>
    /// The joint distribution of the votes. Without factors it is one case of independent members. While no stance is
    /// recorded, it is from the record alone: other than the forecast, the question whom to ask is not about a result.
    /// </summary>
    public VoteCases CasesToAsk() =>
        FindCases(Members, Update) ?? VoteCases.Independent([.. Members.Select(member => member.Chances)]);

    private (Forecast, IReadOnlyList<Pivotality>) Compute()
    {
        if (NothingRecorded || FindCases(Members, Update) is not { } cases)
        {
            return (Forecast.Compute(Standings.Rule, Chances), Pivotality.Compute(Standings.Rule, Chances));
        }
        var forecast = DependentForecast.Compute(Standings.Rule, cases);
        return (forecast, LeaveOneOut.Compute(Standings.Rule, cases)?.Pivotalities(forecast.Probability!.Value) ?? []);
    }

    // The members with what the known stances say about those without a stance. They say nothing about a member that no
    // roll call names.
    private (IReadOnlyList<MemberForecast> Members, StanceUpdate? Update) Learn(IReadOnlyList<MemberForecast> members)
    {
        var update = Options.Learns ? Factors.Update([.. members.Select(member => member.ToMemberWithRecord())]) : null;
        return update is null
            ? (members, null)
            : (
                [
                    .. members.Select(
                        (member, i) =>
                            member.Expectation.Promised is null
                            && Factors.Model.IndexOf(member.Ballot.MemberState) is not null
                                ? member with
                                {
                                    FromOthers = update.Chances[i],
                                }
                                : member
                    ),
                ],
                update
            );
    }

    // Null if members are independent.
    private VoteCases? FindCases(IReadOnlyList<MemberForecast> members, StanceUpdate? update) =>
        Options.Dependence == VoteDependence.Record
            ? Factors.FindCases(members.Select(member => member.ToCase()), update)
            : null;
}
