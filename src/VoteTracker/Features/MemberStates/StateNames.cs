using System.Data.Common;
using System.Text;
using Dapper;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.MemberStates;

/// <summary>The other codes and the names of a state, to find rows of a file that contradict their `iso3`.</summary>
internal sealed record StateNames
{
    public string Iso3 { get; init; } = "";
    public string? Iso2 { get; init; }
    public string? M49 { get; init; }
    public string? UndlName { get; init; }
    public string NameEn { get; init; } = "";
    public string? NameFr { get; init; }
    public string? NameEs { get; init; }
    public string? NameRu { get; init; }
    public string? NameZh { get; init; }
    public string? NameAr { get; init; }
    public string? FormalEn { get; init; }

    private IEnumerable<string> Names =>
        new[] { UndlName, NameEn, NameFr, NameEs, NameRu, NameZh, NameAr, FormalEn }.OfType<string>();

    /// <summary>Loads the names of all states, by their codes.</summary>
    public static async Task<IReadOnlyDictionary<string, StateNames>> Load(DbConnection connection)
    {
        var rows = await connection.QueryAsync<StateNames>(
            """
            SELECT
                iso3, iso2, m49, undl_name, name_en, name_fr, name_es, name_ru, name_zh, name_ar, formal_en
            FROM member_state
            """
        );
        return rows.ToDictionary(row => row.Iso3, StringComparer.Ordinal);
    }

    /// <summary>Adds a problem if another column of a row names another state than its `iso3`; true if one does.</summary>
    public bool Contradicts(CsvRecord row)
    {
        // An empty cell is accepted: some programs read the code of Namibia, NA, as a missing value.
        var column =
            row["iso2"] is { } iso2 && !Matches(iso2, Iso2) ? "iso2"
            : row["m49"] is { } m49 && !MatchesNumber(m49, M49) ? "m49"
            : row["un_name"] is { } name && !Names.Any(known => Matches(name, known)) ? "un_name"
            : null;
        if (column is null)
        {
            return false;
        }
        var text = row[column]!;
        row.Wrong(
            column,
            DamagedText.Find(text) is null
                ? $"contradicts iso3 {Iso3}, which is {UndlName ?? NameEn}; found {SafeText.Quote(text)}"
                : $"was damaged by a wrong encoding; found {SafeText.Quote(text)}; open the original file as UTF-8 and edit it again"
        );
        return true;
    }

    private static bool MatchesNumber(string cell, string? code) =>
        CsvCells.TryWhole(cell, out var number)
        && code is not null
        && CsvCells.TryWhole(code, out var known)
        && number == known;

    private static bool Matches(string cell, string? known) =>
        known is not null && Normalize(cell).Equals(Normalize(known), StringComparison.OrdinalIgnoreCase);

    // Programs replace apostrophes and remove blanks.
    private static string Normalize(string text) =>
        string.Concat(
            text.Normalize(NormalizationForm.FormC).Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’' or '‘'))
        );
}
