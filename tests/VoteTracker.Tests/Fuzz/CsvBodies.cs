namespace VoteTracker.Tests.Fuzz;

/// <summary>CSV bodies: stances, the votes of a roll call, and the voting file of the Library; correct or broken.</summary>
internal static class CsvBodies
{
    private const string Library =
        "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,"
        + "subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link";

    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided", "", "YES", "maybe"];
    private static readonly string[] Certainties = ["confirmed", "likely", "leaning", "", "sure"];
    private static readonly string[] Votes = ["yes", "no", "abstain", "non-voting", "Y", "N", "A", "X", "", "5"];
    private static readonly string[] Cells =
    [
        "",
        "NA",
        "#REF!",
        "=1+1",
        "'=1+1",
        "\"",
        "a\"b",
        "\u0000",
        "1.0",
        "\u00FF",
    ];

    public static string Valid(Draw draw, string template)
    {
        var rows = Enumerable.Range(0, draw.Below(6));
        return template switch
        {
            "/v1/imports/roll-calls" => Lines(draw, Library, rows.Select(_ => LibraryRow(draw))),
            _ when template.EndsWith("/stances/import", StringComparison.Ordinal) => Lines(
                draw,
                "iso3,position,certainty,evidence,note",
                rows.Select(_ =>
                    $"{Values.State(draw)},{draw.Pick(Positions)},{draw.Pick(Certainties)},call,note {draw.Below(9)}"
                )
            ),
            "/v1/endorsements/import" => Lines(
                draw,
                "organisation,iso3,kind,languages,signed_on,public",
                rows.Select(row =>
                    $"Union {row + draw.Below(9)},{(draw.OneIn(3) ? "" : Values.State(draw))},{draw.Pick((string[])["union", "youth", "", "x"])},en fr,{draw.Pick((string[])["2026-11-20", "", "1944-01-01"])},{draw.Pick((string[])["yes", "no", ""])}"
                )
            ),
            _ => Lines(
                draw,
                "iso3,vote,intended",
                rows.Select(_ => $"{Values.State(draw)},{draw.Pick(Votes)},{(draw.OneIn(4) ? draw.Pick(Votes) : "")}")
            ),
        };
    }

    public static string Broken(Draw draw, string body) =>
        draw.Below(12) switch
        {
            0 => body[..draw.Below(body.Length + 1)],
            1 => body.Replace(',', draw.Pick((char[])[';', '\t', '|', ' '])),
            2 => "\u00EF\u00BB\u00BF" + body,
            3 => body + draw.Pick(Cells) + "," + draw.Pick(Cells) + "\n",
            4 => body.Replace(",", "," + draw.Pick(Cells) + ",", StringComparison.Ordinal),
            5 => "sep=;\n" + body,
            6 => body + "\"never closed",
            7 => "",
            8 => body[(body.IndexOf('\n', StringComparison.Ordinal) + 1)..],
            9 => "unknown," + body.Replace("\n", "\n" + draw.Pick(Cells) + ",", StringComparison.Ordinal),
            10 => body + new string('a', draw.Pick((int[])[5_000, 70_000])),
            _ => body.Replace(
                draw.Pick((string[])["iso3", "vote", "yes"]),
                Texts.Strange(draw),
                StringComparison.Ordinal
            ),
        };

    private static string LibraryRow(Draw draw)
    {
        var number = draw.Below(6);
        var state = draw.Pick((string[])["AFG,AFGHANISTAN", "ALB,ALBANIA", "NOR,NORWAY", "XXX,NOWHERE"]);
        return $"90000{number},{state},{draw.Pick(Votes)},199{number}-0{number + 1}-11,5{number},A/RES/5{number}/1,,,"
            + $"A/5{number}/PV.3,A title,An item,,,{draw.Below(3)},0,0,0,{draw.Below(190)},"
            + $"https://digitallibrary.un.org/record/90000{number}";
    }

    private static string Lines(Draw draw, string header, IEnumerable<string> rows) =>
        string.Concat(rows.Prepend(header).Select(line => line + (draw.OneIn(10) ? "\r\n" : "\n")));
}
