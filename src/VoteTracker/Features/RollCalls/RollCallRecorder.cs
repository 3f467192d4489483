using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>
/// Records a roll call of the campaign inside a write: first all checks, then the roll call, which decides the resolution.
/// Every endpoint that records one uses it, so that the rules of the PUT hold everywhere.
/// </summary>
internal static class RollCallRecorder
{
    /// <summary>Finds what is wrong with a roll call, by field. Nothing is written.</summary>
    public static async Task<Dictionary<string, string[]>> FindErrors(
        Write write,
        Caller caller,
        Resolution resolution,
        RecordRollCallRequest request,
        RollOfNames names
    )
    {
        var errors = names.Errors;
        if (await DescribeWrongDay(write, caller, resolution, request.RecordedOn!.Value) is { } problem)
        {
            errors["recordedOn"] = [problem];
        }
        if (names.Decides(resolution.Rule) is null && request.Status is null)
        {
            errors["status"] =
            [
                "is required: the resolution's rule is not recorded, so nothing follows from the names",
            ];
        }
        return errors;
    }

    /// <summary>Describes why a vote on a resolution cannot have been held on a day; null if it can.</summary>
    public static async Task<string?> DescribeWrongDay(Write write, Caller caller, Resolution resolution, DateOnly day)
    {
        var session = await SessionStore.Find(write.Connection, resolution.Session, caller, write.Now);
        return session!.DescribeWrongDay(day) ?? (day > NewYork.DayOf(write.Now) ? "must not be in the future" : null);
    }

    /// <summary>Inserts a roll call that was checked in the same write, and decides the resolution.</summary>
    /// <param name="write">The write.</param>
    /// <param name="caller">The author.</param>
    /// <param name="referenceData">The members.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="request">The day, the announced totals and the status.</param>
    /// <param name="names">The votes.</param>
    /// <param name="announcedNonVoting">The announced number of members that did not vote; null if it is not known.</param>
    public static async Task<RollCall> Save(
        Write write,
        Caller caller,
        ReferenceData referenceData,
        Resolution resolution,
        RecordRollCallRequest request,
        RollOfNames names,
        int? announcedNonVoting = null
    )
    {
        var id = resolution.Id;
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.RollCall, id);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, source, named, changed_at, changed_by
            )
            VALUES (
                @id, @version, @RecordedOn, TRUE, @names, @members, @yes, @no, @abstain, @nonVoting, 'campaign', @named, @at, @by
            )
            """,
            new
            {
                id,
                version,
                request.RecordedOn,
                names = PackedNames.Pack(names.Votes.Select(v => new NamedVote(v.MemberState, v.Vote, v.Intended))),
                members = names.Votes.Count,
                named = request.Votes!.Count,
                yes = request.Announced?.Yes,
                no = request.Announced?.No,
                abstain = request.Announced?.Abstain,
                nonVoting = announcedNonVoting,
                at,
                by = caller.Label,
            }
        );
        await Decide(write, id, request.Status ?? names.Decides(resolution.Rule)!.Value, request.RecordedOn!.Value);
        return (await RollCall.Find(write.Connection, referenceData, id))!;
    }

    private static async Task Decide(Write write, string id, ResolutionStatus status, DateOnly day)
    {
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET status = @status, vote_on = @day WHERE id = @id",
            new
            {
                id,
                status = EnumWord<ResolutionStatus>.ToWord(status),
                day,
            }
        );
        await ResolutionVersion.SaveFields(write, id);
    }
}
