using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>The standings of a resolution as of a moment: what the service could have returned at that moment.</summary>
internal static class PastCount
{
    /// <summary>The moment of the standings.</summary>
    public static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "The count as of this moment, from what was known then; UTC, with its time. Up to 60 seconds in the future means now. The record that is shipped with the service is known from the day after the vote, everything else from its commit.",
        "2026-11-21T22:10:00Z"
    );

    /// <summary>
    /// Loads the standings for a caller that may see the resolution. Otherwise a <see cref="ProblemException"/>: 404 before
    /// the resolution existed, 401 or 403 if the caller may not see past stances.
    /// </summary>
    public static async Task<Standings> Load(
        HttpContext http,
        Db db,
        ReferenceData referenceData,
        string id,
        DateTimeOffset moment
    )
    {
        var standings =
            await db.Read(connection => StateReader.LoadAsOf(connection, referenceData, id, moment))
            ?? throw new ProblemException(Problems.NoResolutionThen(id));
        var caller = Caller.FromContext(http);
        return Sees(caller, standings)
            ? standings
            : throw new ProblemException(KeyProblems.RoleTooLow(http, caller, Right.SeeStances));
    }

    /// <summary>Whether the caller may see past standings: recorded votes are public, stances are for viewers and up.</summary>
    public static bool Sees(Caller caller, Standings standings) =>
        caller.May(Right.SeeStances) || standings.Basis is Basis.RecordedVotes or Basis.Announced;
}
