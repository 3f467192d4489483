using System.Data.Common;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A member state, an observer or a former member: the meaning of the codes in the other tables.</summary>
[Exported("member-states", Owner.Facts, "iso3")]
public sealed record MemberStateExportRow
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2. `NA` is Namibia, not a missing value. Empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The code of the UN Statistics Division: text of three digits, because leading zeros count. Empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls. For observers, which are in no roll call, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group of today; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>A member of today, an observer, or a former member.</summary>
    /// <source>United Nations</source>
    public required SeatKind Kind { get; init; }

    /// <summary>The short name in English.</summary>
    /// <source>UNTERM</source>
    public required string NameEn { get; init; }

    /// <summary>The day of its admission; empty for observers.</summary>
    /// <source>United Nations</source>
    public required DateOnly? MemberFrom { get; init; }

    /// <summary>The last day of its membership; empty for members of today and for observers.</summary>
    /// <source>United Nations</source>
    public required DateOnly? MemberUntil { get; init; }

    /// <summary>The keys of its blocs on the day of the export, separated by spaces.</summary>
    /// <source>the blocs' own lists</source>
    public required string? Blocs { get; init; }

    /// <summary>Loads all of them, in the order of their codes.</summary>
    internal static async Task<IReadOnlyList<MemberStateExportRow>> Load(
        DbConnection connection,
        ReferenceData referenceData,
        DateOnly day
    )
    {
        var states = await StateColumns.Load(connection, referenceData);
        return
        [
            .. (await MemberState.List(connection, referenceData, day)).Select(member => new MemberStateExportRow
            {
                Iso3 = member.Iso3,
                Iso2 = member.Iso2,
                M49 = member.M49,
                UnName = states[member.Iso3].UnName,
                RegionalGroup = states[member.Iso3].RegionalGroup,
                Kind = member.Kind,
                NameEn = member.Names.En,
                MemberFrom = member.MemberFrom,
                MemberUntil = member.MemberUntil,
                Blocs = member.Blocs.Count == 0 ? null : string.Join(' ', member.Blocs),
            }),
        ];
    }
}

/// <summary>Exports the member states, observers and former members.</summary>
internal sealed class ExportMemberStates(Db db, ReferenceData referenceData) : TableExport<MemberStateExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/export/member-states",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .Described(
                        "Exports",
                        "Exports the member states",
                        "A row for each member state, observer and former member, in the order of their codes. It gives the meaning of the codes in the other tables."
                    )
        );

    protected override async Task<ExportedTable<MemberStateExportRow>> Load(ExportRequest request)
    {
        request.Check();
        var rows = await db.Read(connection =>
            MemberStateExportRow.Load(connection, referenceData, NewYork.DayOf(request.Moment))
        );
        return new ExportedTable<MemberStateExportRow>("member-states", Table<MemberStateExportRow>.Whole, rows);
    }
}
