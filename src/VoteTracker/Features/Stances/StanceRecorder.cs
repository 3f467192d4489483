using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>
/// Records a stance inside a write: first all checks, then the change with its history. Every endpoint that records a stance
/// uses it, so that the rules of a PUT hold everywhere.
/// </summary>
internal static class StanceRecorder
{
    /// <summary>Checks whether a stance may be recorded now. Nothing is written.</summary>
    /// <param name="write">The write.</param>
    /// <param name="referenceData">The members.</param>
    /// <param name="caller">The author.</param>
    /// <param name="id">The resolution's id.</param>
    /// <param name="iso3">The member state's code.</param>
    /// <param name="findConflict">Compares the current stance with the version that the client saw; null if the write may replace it.</param>
    /// <param name="contentOf">The whole content to record, from the request and the current stance.</param>
    /// <param name="path">What comes before the names of fields in a 400.</param>
    /// <returns>The content, or the problem.</returns>
    public static async Task<(RecordStanceRequest? Content, ProblemHttpResult? Problem)> Check(
        Write write,
        ReferenceData referenceData,
        Caller caller,
        string id,
        string iso3,
        Func<Stance, ProblemHttpResult?> findConflict,
        Func<Stance, RecordStanceRequest> contentOf,
        string path = ""
    )
    {
        var (found, problem) = CheckState(write, referenceData, id, iso3, findConflict);
        if (found is not { } current)
        {
            return (null, problem);
        }
        var content = contentOf(current);
        var faults = await FindFaults(write, caller, iso3, content.Contact, content.Engagement, current);
        return faults.Count == 0
            ? (content, null)
            : (
                null,
                Problems.Invalid(
                    faults.ToDictionary(f => path + f.Field, f => (string[])[f.Fault], StringComparer.Ordinal)
                )
            );
    }

    /// <summary>Checks whether the stance of a state may change now. Nothing is written.</summary>
    /// <param name="write">The write.</param>
    /// <param name="referenceData">The members.</param>
    /// <param name="id">The resolution's id.</param>
    /// <param name="iso3">The member state's code.</param>
    /// <param name="findConflict">Compares the current stance with the version that the client saw; null if the write may replace it.</param>
    /// <param name="becomesUnknown">Whether the stance becomes unknown: a member that may not vote can.</param>
    /// <returns>The current stance, or the problem.</returns>
    public static (Stance? Current, ProblemHttpResult? Problem) CheckState(
        Write write,
        ReferenceData referenceData,
        string id,
        string iso3,
        Func<Stance, ProblemHttpResult?> findConflict,
        bool becomesUnknown = false
    )
    {
        if (StanceStore.FindForUpdate(write.Connection, id, iso3) is not { } found)
        {
            return (null, Problems.NoResolution(id));
        }
        if (referenceData.Roster.Find(iso3) is not { Kind: SeatKind.Member } member)
        {
            return (null, StanceProblems.NoStance(referenceData, iso3));
        }
        if (found.IsVoteOver)
        {
            return (null, StanceProblems.VoteIsOver(found.Status));
        }
        if (!becomesUnknown && found.FindExclusion(member, write.Now) is { } exclusion)
        {
            return (null, IneligibilityProblems.MayNotVote(exclusion));
        }
        return findConflict(found.Stance) is { } conflict ? (null, conflict) : (found.Stance, null);
    }

    /// <summary>Finds the contact and the engagement that do not exist, unless the stance already names them: they can have been erased since then.</summary>
    public static async Task<IReadOnlyList<(string Field, string Fault)>> FindFaults(
        Write write,
        Caller caller,
        string iso3,
        string? contact,
        long? engagement,
        StanceContent current
    )
    {
        var faults = new List<(string, string)>();
        if (contact is not null && contact != current.Contact && !await ContactStore.Exists(write.Connection, contact))
        {
            faults.Add(("contact", "must be the id of a contact"));
        }
        if (
            engagement is { } number
            && number != current.Engagement
            && (await EngagementStore.Find(write.Connection, number, caller))?.MemberState != iso3
        )
        {
            faults.Add(("engagement", $"must be the number of an engagement with {iso3}"));
        }
        return faults;
    }

    /// <summary>Writes a stance that was checked in the same write, as a change with its own version and row of history.</summary>
    public static async Task<Stance> Save(
        Write write,
        Caller caller,
        string id,
        string iso3,
        RecordStanceRequest content
    )
    {
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.Stance, id, iso3);
        var stance = new Stance(id, iso3, content.ToContent(), version, caller.Label, at);
        StanceStore.Save(write, stance, content.Reason);
        return stance;
    }
}
