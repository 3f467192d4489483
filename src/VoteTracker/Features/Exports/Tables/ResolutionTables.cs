using System.Data.Common;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>What a caller may see of a resolution at a moment, table by table, read on one state of the whole; null what it may not.</summary>
internal sealed record ResolutionTables
{
    public required Resolution Resolution { get; init; }

    /// <summary>The version at that moment.</summary>
    public required long Version { get; init; }

    public required IReadOnlyList<MemberStateExportRow> MemberStates { get; init; }

    public required ResolutionExportRow Text { get; init; }

    public required IReadOnlyList<StanceExportRow>? Stances { get; init; }

    public required IReadOnlyList<BreakdownExportRow> Breakdown { get; init; }

    public required IReadOnlyList<CoSponsorExportRow>? CoSponsors { get; init; }

    public required IReadOnlyList<VoteExportRow>? RollCall { get; init; }

    /// <summary>
    /// Reads them; a <see cref="ProblemException"/> where this caller may see nothing of it. The past of what was expected is
    /// for viewers and up, that of the record for everybody.
    /// </summary>
    public static async Task<ResolutionTables> Load(
        DbConnection connection,
        ReferenceData facts,
        ExportRequest request,
        string id
    )
    {
        var (caller, moment) = (request.Caller, request.Moment);
        var resolution = await request.See(connection, id, (_, _) => true);
        var counted = (await StateReader.LoadAsOf(connection, facts, id, moment))!;
        var isRecorded = counted.Standings.Basis is Basis.RecordedVotes or Basis.Announced;
        var seesStances = caller.May(Right.SeeStances) || !request.IsPast;
        if (!seesStances && !isRecorded)
        {
            throw new ProblemException(KeyProblems.RoleTooLow(request.Http, caller, Right.SeeStances));
        }
        var rollCall = await RecordedRollCall.Find(connection, id, moment);
        return new ResolutionTables
        {
            Resolution = resolution,
            Version = counted.Standings.Version,
            MemberStates = await MemberStateExportRow.All(connection, facts, counted.Standings.Day),
            Text = await ResolutionExportRow.Find(connection, id, moment),
            Stances =
                seesStances && caller.SeesPositions(resolution.Visibility)
                    ? await StanceExportRow.All(connection, facts, request, resolution)
                    : null,
            Breakdown =
            [
                .. BreakdownExportRow.FromStandings(counted.Standings, facts.Groups.CreateGrouping("regional-group")!),
                .. BreakdownExportRow.FromStandings(counted.Standings, facts.Groups.CreateGrouping("bloc")!),
            ],
            CoSponsors =
                seesStances && caller.SeesCoSponsors(resolution.Visibility)
                    ? await CoSponsorExportRow.All(connection, facts, request, resolution)
                    : null,
            RollCall = rollCall is null ? null : await VoteExportRow.All(connection, facts, rollCall),
        };
    }
}
