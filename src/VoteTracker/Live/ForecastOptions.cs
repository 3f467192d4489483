using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>The variant of a forecast.</summary>
/// <param name="Dependence">How the votes of members depend on each other: as in the record, or not at all.</param>
/// <param name="Learns">Whether known stances update the chances of the other members.</param>
internal readonly record struct ForecastOptions(VoteDependence Dependence, bool Learns)
{
    /// <summary>The options without parameters.</summary>
    public static readonly ForecastOptions Default = new(VoteDependence.Record, Learns: true);

    /// <summary>
    /// The options of a request. Independent members say nothing about each other. The bloc shock is computed from
    /// independent members, so it has the same forecast.
    /// </summary>
    public static ForecastOptions Create(VoteDependence dependence, bool learns) =>
        dependence == VoteDependence.Record ? new(dependence, learns) : new(VoteDependence.None, Learns: false);

    /// <summary>Names the options in ETags; empty by default.</summary>
    public string Suffix =>
        this == Default ? "" : $".{EnumWord<VoteDependence>.ToWord(Dependence)}{(Learns ? "" : ".unlearned")}";
}
