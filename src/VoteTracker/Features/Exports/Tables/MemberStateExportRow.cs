using System.Data.Common;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A state that has, had or observes from a seat in the Assembly: what the codes in the other tables stand for.</summary>
[Exported("member-states", Owner.Facts, "iso3")]
public sealed record MemberStateExportRow
{
    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2; empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The UN Statistics Division's code, three digits: a text, for leading zeros count; empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls; of observers, which are in none, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group, today's; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>A member of today, an observer, or a seat that has ended.</summary>
    /// <source>United Nations</source>
    public required SeatKind Kind { get; init; }

    /// <summary>The short name in English.</summary>
    /// <source>UNTERM</source>
    public required string NameEn { get; init; }

    /// <summary>The day of its admission; empty for observers.</summary>
    /// <source>United Nations</source>
    public required DateOnly? MemberFrom { get; init; }

    /// <summary>The last day of its membership; empty while it lasts, and for observers.</summary>
    /// <source>United Nations</source>
    public required DateOnly? MemberUntil { get; init; }

    /// <summary>The keys of the blocs it is in on the day of the export, with a space between two.</summary>
    /// <source>the blocs' own lists</source>
    public required string? Blocs { get; init; }

    /// <summary>All of them, in the order of their codes.</summary>
    internal static async Task<IReadOnlyList<MemberStateExportRow>> All(
        DbConnection connection,
        ReferenceData facts,
        DateOnly day
    )
    {
        var states = await StateColumns.Load(connection, facts);
        return
        [
            .. (await MemberState.List(connection, facts, day)).Select(member => new MemberStateExportRow
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
