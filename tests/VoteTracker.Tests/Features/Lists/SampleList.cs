using System.Text;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>
/// A list as a campaign keeps it: 193 names of which 28 differ from the UN's, positions in everyday words, and two columns
/// of its own. The positions are made up.
/// </summary>
internal static class SampleList
{
    /// <summary>The names that differ from the UN's.</summary>
    public static readonly IReadOnlyDictionary<string, string> OtherNames = new Dictionary<string, string>
    {
        ["BOL"] = "Bolivia",
        ["BRN"] = "Brunei",
        ["CAF"] = "CAR",
        ["CIV"] = "Ivory Coast",
        ["COD"] = "DR Congo",
        ["COG"] = "Congo-Brazzaville",
        ["CPV"] = "Cape Verde",
        ["CZE"] = "Czech Republic",
        ["FSM"] = "Micronesia",
        ["GBR"] = "UK",
        ["IRN"] = "Iran",
        ["KNA"] = "St. Kitts & Nevis",
        ["KOR"] = "South Korea",
        ["LAO"] = "Laos",
        ["MDA"] = "Moldova",
        ["MKD"] = "Macedonia",
        ["MMR"] = "Burma",
        ["NLD"] = "Holland",
        ["PRK"] = "North Korea",
        ["RUS"] = "Russia",
        ["SWZ"] = "Swaziland",
        ["SYR"] = "Syria",
        ["TLS"] = "East Timor",
        ["TUR"] = "Turkey",
        ["TZA"] = "Tanzania",
        ["USA"] = "USA",
        ["VEN"] = "Venezuela",
        ["VNM"] = "Vietnam",
    };

    /// <summary>Words for positions, with what they mean.</summary>
    public static readonly IReadOnlyList<(string Text, string Position, string? Certainty)> Words =
    [
        ("Yes", "yes", null),
        ("y", "yes", null),
        ("in favour", "yes", null),
        ("yes?", "yes", "leaning"),
        ("abst.", "abstain", null),
        ("Against", "no", null),
        ("?", "undecided", null),
        ("likely yes", "yes", "likely"),
        ("Abstaining", "abstain", null),
        ("+", "yes", null),
        ("no?", "no", "leaning"),
        ("absent", "absent", null),
    ];

    public const string Header = "Country,Vote,How sure,Contacted by,Priority";

    private static readonly (string Text, string Certainty)[] Sure =
    [
        ("firm", "confirmed"),
        ("probably", "likely"),
        ("", "leaning"),
    ];

    /// <summary>The rows: the code, the cells, and the position and certainty that they mean.</summary>
    public static IReadOnlyList<(string Iso3, string[] Cells, string Position, string Certainty)> Rows(
        IEnumerable<(string Iso3, string Name)> members
    ) =>
        [
            .. members.Select(
                (member, i) =>
                {
                    var (text, position, implied) = Words[i % Words.Count];
                    var (sure, certainty) = implied is null ? Sure[i % Sure.Length] : ("", implied);
                    var name = OtherNames.GetValueOrDefault(member.Iso3, member.Name);
                    string[] cells = [name, text, sure, $"Team {i % 5}", i % 7 == 0 ? "high" : ""];
                    return (member.Iso3, cells, position, certainty);
                }
            ),
        ];

    public static byte[] Csv(IEnumerable<string[]> rows) =>
        Encoding.UTF8.GetBytes(
            $"{Header}\r\n{string.Concat(rows.Select(row => string.Join(',', row.Select(Quote)) + "\r\n"))}"
        );

    public static byte[] Workbook(IEnumerable<string[]> rows) => WorkbookBuilder.Of(rows.Prepend(Header.Split(',')));

    private static string Quote(string cell) => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell;
}
