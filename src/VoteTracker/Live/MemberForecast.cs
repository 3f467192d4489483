using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>A member that may vote, and its expected vote.</summary>
internal sealed record MemberForecast(Ballot Ballot, string? Region, Expectation Expectation)
{
    /// <summary>The effect of the pressures on it; null without pressures, and in a forecast that does not use them.</summary>
    public PressureEffect? Pressure { get; init; }

    /// <summary>Its chances, given the stances of others; null if these are not used, and for a member with a stance.</summary>
    public Chances? FromOthers { get; init; }

    /// <summary>The chances before pressures.</summary>
    public Chances WithoutPressure => FromOthers ?? Expectation.Chances;

    /// <summary>The resulting chances.</summary>
    public Chances Chances => Pressure?.Apply(WithoutPressure) ?? WithoutPressure;

    /// <summary>The member in a forecast with dependence.</summary>
    public CaseMember ToCase() => new(Ballot.MemberState, Chances, Expectation.Promised, Expectation.Kept);

    /// <summary>The member in an update by stances.</summary>
    public MemberWithRecord ToMemberWithRecord() =>
        new(Ballot.MemberState, Expectation.Base, Expectation.Promised, Expectation.Kept);
}
