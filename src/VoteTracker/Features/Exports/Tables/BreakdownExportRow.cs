using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>One group's part of a count. Stances are counted before the vote and the record after it, in separate columns.</summary>
[Exported(
    "breakdown",
    Owner.Campaign,
    "resolution",
    "group_scheme",
    "group",
    Order = "group_scheme, then as the groups are listed, `none` last"
)]
public sealed record BreakdownExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>How the members are divided: `regional-group`, `bloc`, or one group's key.</summary>
    /// <source>VoteTracker</source>
    public required string GroupScheme { get; init; }

    /// <summary>The group's key. `none` is for members without a group, and for the co-sponsorships of observers.</summary>
    /// <source>DGACM; the blocs' own lists</source>
    public required string Group { get; init; }

    /// <summary>What is counted: `stances` before the vote, `recorded-votes` after it. For `announced` and `none` no names are known.</summary>
    /// <source>VoteTracker</source>
    public required Basis Basis { get; init; }

    /// <summary>Its members among the members of that day.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int Members { get; init; }

    /// <summary>Its states that have signed as co-sponsors, observers included.</summary>
    /// <unit>states</unit>
    /// <source>campaign</source>
    public required int CoSponsors { get; init; }

    /// <summary>Forecast: its members that may vote; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? Eligible { get; init; }

    /// <summary>Forecast: yes; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Yes { get; init; }

    /// <summary>Forecast: no; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? No { get; init; }

    /// <summary>Forecast: abstentions; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Abstain { get; init; }

    /// <summary>Forecast: absent; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Absent { get; init; }

    /// <summary>Forecast: undecided; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Undecided { get; init; }

    /// <summary>Forecast: members without a recorded stance; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Unknown { get; init; }

    /// <summary>Forecast: members that may not vote on the day of the vote; empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Ineligible { get; init; }

    /// <summary>Forecast: yes and no together (rule 86); empty after the vote.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? PresentAndVoting { get; init; }

    /// <summary>Forecast: yes / present_and_voting, 4 decimals; empty if no member votes, and after the vote.</summary>
    /// <unit>share of 1</unit>
    /// <source>VoteTracker</source>
    public required decimal? YesShare { get; init; }

    /// <summary>Record: yes; empty before the vote.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? RecordedYes { get; init; }

    /// <summary>Record: no; empty before the vote.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? RecordedNo { get; init; }

    /// <summary>Record: abstentions; empty before the vote.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? RecordedAbstain { get; init; }

    /// <summary>Record: non-voting; empty before the vote.</summary>
    /// <unit>members</unit>
    /// <source>UN Digital Library</source>
    public required int? RecordedNonVoting { get; init; }

    /// <summary>Record: yes and no together (rule 86); empty before the vote.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? RecordedPresentAndVoting { get; init; }

    /// <summary>Record: recorded_yes / recorded_present_and_voting, 4 decimals; empty if no member voted, and before the vote.</summary>
    /// <unit>share of 1</unit>
    /// <source>VoteTracker</source>
    public required decimal? RecordedYesShare { get; init; }

    /// <summary>The table. If it is counted from the UN's record, the terms of the record apply.</summary>
    internal static Table<BreakdownExportRow> CreateTable(RollCallSource? source) =>
        source == RollCallSource.Library
            ? Table<BreakdownExportRow>.Whole.As("breakdown", owner: Owner.Record)
            : Table<BreakdownExportRow>.Whole;

    /// <summary>The rows of a grouping.</summary>
    internal static IEnumerable<BreakdownExportRow> FromStandings(Standings standings, Grouping grouping) =>
        Breakdown.FromStandings(standings, grouping).Rows.Select(row => FromStandings(standings, grouping.By, row));

    private static BreakdownExportRow FromStandings(Standings standings, string by, BreakdownRow row)
    {
        var forecast = standings.Basis == Basis.Stances ? row : null;
        var record = standings.Basis == Basis.RecordedVotes ? row : null;
        return new BreakdownExportRow
        {
            Resolution = standings.Resolution,
            GroupScheme = by,
            Group = row.Group,
            Basis = standings.Basis,
            Members = row.Members,
            CoSponsors = row.CoSponsors,
            Eligible = forecast?.Eligible,
            Yes = forecast?.Yes,
            No = forecast?.No,
            Abstain = forecast?.Abstain,
            Absent = forecast?.Absent,
            Undecided = forecast?.Undecided,
            Unknown = forecast?.Unknown,
            Ineligible = forecast?.Ineligible,
            PresentAndVoting = forecast?.PresentAndVoting,
            YesShare = forecast?.YesShare,
            RecordedYes = record?.Yes,
            RecordedNo = record?.No,
            RecordedAbstain = record?.Abstain,
            RecordedNonVoting = record?.Absent,
            RecordedPresentAndVoting = record?.PresentAndVoting,
            RecordedYesShare = record?.YesShare,
        };
    }
}

/// <summary>Exports a count by group.</summary>
internal sealed class ExportBreakdown(Db db, ReferenceData referenceData, TallyCache live)
    : TableExport<BreakdownExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/breakdown",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .Takes(TallyParameters.By)
                    .Described(
                        "Exports",
                        "Exports the breakdown",
                        "A row for each group. Stances are counted before the vote and the record after it, in separate columns. The rows of `regional-group` add up to the tally; those of `bloc` overlap."
                    )
        );

    protected override async Task<ExportedTable<BreakdownExportRow>> Load(ExportRequest request)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var grouping = request.Query.ReadGrouping(TallyParameters.By, referenceData);
        var standings = await LoadStandings(request, id);
        return new ExportedTable<BreakdownExportRow>(
            $"{id}-breakdown",
            BreakdownExportRow.CreateTable(standings.Source),
            [.. BreakdownExportRow.FromStandings(standings, grouping!)]
        );
    }

    // The past of stances is for viewers and up, that of the record for everyone.
    private async Task<Standings> LoadStandings(ExportRequest request, string id)
    {
        if (
            await live.Get(id) is not { } snapshot
            || !request.Caller.SeesResolution(id, snapshot.Visibility, snapshot.Basis)
        )
        {
            throw new ProblemException(Problems.NoResolution(id));
        }
        request.Check();
        return request.AsOf is { } moment
            ? await PastCount.Load(HttpContext, db, referenceData, id, moment)
            : snapshot.Standings;
    }
}
