using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The columns of a state that every row has.</summary>
internal sealed record StateColumns
{
    public string Iso3 { get; init; } = "";
    public string? Iso2 { get; init; }
    public string? M49 { get; init; }
    public string UnName { get; init; } = "";
    public string? RegionalGroup { get; init; }

    /// <summary>Loads all of them by their codes: about two hundred states, for millions of rows.</summary>
    public static async Task<IReadOnlyDictionary<string, StateColumns>> Load(
        DbConnection connection,
        ReferenceData referenceData
    )
    {
        var regional = referenceData
            .Groups.All.Where(group => group.Scheme == GroupScheme.RegionalGroup)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        var rows = await connection.QueryAsync<StateColumns>(
            "SELECT iso3, iso2, m49, COALESCE(undl_name, name_en) AS un_name FROM member_state"
        );
        return rows.ToDictionary(
            row => row.Iso3,
            // Regional groups have no dates: the day does not matter.
            row =>
                row with
                {
                    RegionalGroup = referenceData
                        .Groups.ListFor(row.Iso3, referenceData.Groups.CompiledOn)
                        .FirstOrDefault(regional.Contains),
                },
            StringComparer.Ordinal
        );
    }
}
