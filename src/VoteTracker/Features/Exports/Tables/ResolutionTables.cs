using System.Data.Common;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The tables of a resolution at a moment, read from one state of the database. A table that the caller may not see is null.</summary>
internal sealed record ResolutionTables
{
    public required Resolution Resolution { get; init; }

    /// <summary>The version at that moment.</summary>
    public required long Version { get; init; }

    public required IReadOnlyList<MemberStateExportRow> MemberStates { get; init; }

    public required ResolutionExportRow Row { get; init; }

    public required IReadOnlyList<StanceExportRow>? Stances { get; init; }

    public required IReadOnlyList<BreakdownExportRow> Breakdown { get; init; }

    public required IReadOnlyList<CoSponsorExportRow>? CoSponsors { get; init; }

    public required IReadOnlyList<VoteExportRow>? RollCall { get; init; }

    /// <summary>
    /// Loads them; a <see cref="ProblemException"/> if the caller may see none of them. The past of stances is for viewers
    /// and up, that of the record for everyone.
    /// </summary>
    public static async Task<ResolutionTables> Load(
        DbConnection connection,
        ReferenceData referenceData,
        ExportRequest request,
        string id
    )
    {
        var (caller, moment) = (request.Caller, request.Moment);
        var resolution = await ExportedResolution.Load(connection, request, id, (_, _) => true);
        var standings = (await StateReader.LoadAsOf(connection, referenceData, id, moment))!;
        var isRecorded = standings.Basis is Basis.RecordedVotes or Basis.Announced;
        var seesStances = caller.May(Right.SeeStances) || !request.IsPast;
        if (!seesStances && !isRecorded)
        {
            throw new ProblemException(KeyProblems.RoleTooLow(request.Http, caller, Right.SeeStances));
        }
        var rollCall = await RecordedRollCall.Find(connection, id, moment);
        return new ResolutionTables
        {
            Resolution = resolution,
            Version = standings.Version,
            MemberStates = await MemberStateExportRow.Load(connection, referenceData, standings.Day),
            Row = await ResolutionExportRow.Find(connection, id, moment),
            Stances =
                seesStances && caller.SeesPositions(resolution.Visibility)
                    ? await StanceExportRow.Load(connection, referenceData, request, resolution)
                    : null,
            Breakdown =
            [
                .. BreakdownExportRow.FromStandings(standings, referenceData.Groups.CreateGrouping("regional-group")!),
                .. BreakdownExportRow.FromStandings(standings, referenceData.Groups.CreateGrouping("bloc")!),
            ],
            CoSponsors =
                seesStances && caller.SeesCoSponsors(resolution.Visibility)
                    ? await CoSponsorExportRow.Load(connection, referenceData, request, resolution)
                    : null,
            RollCall = rollCall is null ? null : await VoteExportRow.Load(connection, referenceData, rollCall),
        };
    }
}
