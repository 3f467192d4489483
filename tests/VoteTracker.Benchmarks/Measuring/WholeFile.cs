using System.Globalization;
using CsvHelper;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>A generated file as large as the Library's, with current and former members, in its layout of 2026.</summary>
internal static class WholeFile
{
    public const int Rows = 917_380;

    /// <summary>The number of resolutions with totals and without names.</summary>
    public const int WithoutNames = 3;

    private const int Texts = 5_500;
    private const string Letters = "YYYYYYNAAX";

    /// <summary>Writes the file, or only its first resolutions.</summary>
    public static void Make(string path, int texts = Texts)
    {
        var states = States();
        using var file = new StreamWriter(path) { NewLine = "\r\n" };
        file.WriteLine(
            "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link"
        );
        for (var text = 0; text < texts; text++)
        {
            // The lines of all resolutions add up to the number of rows.
            var members = (int)((long)Rows * (text + 1) / Texts - (long)Rows * text / Texts);
            Text(file, states, text, members);
        }
    }

    private static void Text(StreamWriter file, List<(string Code, string Name)> states, int text, int members)
    {
        var votes = new char[members];
        for (var i = 0; i < members; i++)
        {
            votes[i] = text < WithoutNames ? 'X' : Letters[(text * 7 + i * 3 + text / 11) % Letters.Length];
        }
        int Count(char letter) => text < WithoutNames && letter == 'Y' ? 34 : votes.Count(v => v == letter);
        var session = 1 + text * 80 / Texts;
        var tail = string.Create(
            CultureInfo.InvariantCulture,
            $",{new DateOnly(1946, 1, 24).AddDays(text * 5):O},{session},A/RES/{session}/{text},A/{session}/L.{text},,A/{session}/PV.{text % 90},\"Question of the {text}th kind, its peaceful uses, and the implementation of earlier resolutions\",A/{session}/251 {text % 120} The question considered by the Assembly at its session. QUESTIONS--{text % 40},QUESTIONS--PEACE,,{Count('Y')},{Count('N')},{Count('A')},{Count('X')},{members},https://digitallibrary.un.org/record/{200_000 + text}"
        );
        for (var i = 0; i < members; i++)
        {
            var (code, name) = states[(i + text) % states.Count];
            file.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{200_000 + text},{code},{name},{votes[i]}{tail}")
            );
        }
    }

    private static List<(string Code, string Name)> States()
    {
        using CsvReader csv = Csv.Read(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "member-states.csv"))
        );
        var states = new List<(string, string)>();
        while (csv.Read())
        {
            if (csv.Text("kind") != "observer")
            {
                states.Add((csv.Text("iso3")!, csv.Text("undl_name")!));
            }
        }
        return states;
    }
}
