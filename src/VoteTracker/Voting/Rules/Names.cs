namespace VoteTracker.Voting.Rules;

/// <summary>The name of a member state or an observer in the language of the response.</summary>
/// <param name="Iso3">The code of the state.</param>
public readonly record struct StateName(string Iso3);

/// <summary>The name of a regional group or a bloc in the language of the response.</summary>
/// <param name="Key">The key of the group.</param>
public readonly record struct GroupName(string Key);
