using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tallies;

/// <summary>The count of a resolution as of a moment: what this service could have answered then.</summary>
internal static class PastCount
{
    /// <summary>The moment that is counted.</summary>
    public static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "The count as of this moment, from what was known then; UTC, with its time. Up to 60 seconds in the future means now. The record that comes with the service is known from the day after the vote, everything else from its commit.",
        "2026-11-21T22:10:00Z"
    );

    /// <summary>
    /// Reads the count for a caller that sees the resolution. A <see cref="ProblemException"/> if there is none: 404 before the
    /// resolution existed, 401 if the caller may not see past stances.
    /// </summary>
    public static async Task<Counted> Load(
        HttpContext http,
        Db db,
        ReferenceData facts,
        string id,
        DateTimeOffset moment
    )
    {
        var counted =
            await db.Read(connection => StateReader.LoadAsOf(connection, facts, id, moment))
            ?? throw new ProblemException(Problems.NoResolutionThen(id));
        var caller = Caller.FromContext(http);
        return Sees(caller, counted)
            ? counted
            : throw new ProblemException(KeyProblems.RoleTooLow(http, caller, Right.SeeStances));
    }

    /// <summary>Whether this caller may see a count of the past: the record is public, stances are for viewers and up.</summary>
    public static bool Sees(Caller caller, Counted counted) =>
        caller.May(Right.SeeStances) || counted.Standings.Basis is Basis.RecordedVotes or Basis.Announced;
}
