namespace VoteTracker.Voting.Rules;

/// <summary>
/// The numbers by which an emergency special session convenes (rule 8 (b), resolution 377 A (V)): votes in the Security
/// Council, or requests of members. The vote is procedural (Charter, Article 27 (2)), so no permanent member can prevent it.
/// </summary>
public static class ConveningRule
{
    /// <summary>The first day on which nine votes of fifteen were needed: the amendments of Articles 23 and 27 entered into force.</summary>
    public static readonly DateOnly NineVotesFrom = new(1965, 8, 31);

    /// <summary>The day of the Council's first meeting.</summary>
    public static readonly DateOnly FirstCouncilMeeting = new(1946, 1, 17);

    // The four additional members were elected for terms that began on this day.
    private static readonly DateOnly FifteenMembersFrom = new(1966, 1, 1);

    private const string SovietUnion = "SUN";

    /// <summary>The votes in the Council that were needed on that day: seven until 30 August 1965, nine since.</summary>
    public static int CouncilVotesRequired(DateOnly day) => day < NineVotesFrom ? 7 : 9;

    /// <summary>The seats of the Council on that day: eleven until 30 August 1965, fifteen since.</summary>
    public static int CouncilSeats(DateOnly day) => day < NineVotesFrom ? 11 : 15;

    /// <summary>The members that sat in the Council on that day. The four additional seats were empty until 1966.</summary>
    public static int CouncilMembers(DateOnly day) => day < FifteenMembersFrom ? 11 : 15;

    /// <summary>The requests that are a majority of the members: floor(M / 2) + 1.</summary>
    public static int RequestsRequired(int members) => members / 2 + 1;

    /// <summary>The requests that are missing for a majority of the members; 0 if it is reached.</summary>
    public static int RequestsMissing(int requests, int members) => Math.Max(0, RequestsRequired(members) - requests);

    /// <summary>The permanent members on that day. The Russian Federation continues the seat of the Soviet Union.</summary>
    public static IReadOnlyList<string> PermanentMembersOn(Roster roster, DateOnly day) =>
        ["CHN", "FRA", "GBR", roster.Find(SovietUnion)?.IsMemberOn(day) == true ? SovietUnion : "RUS", "USA"];
}
