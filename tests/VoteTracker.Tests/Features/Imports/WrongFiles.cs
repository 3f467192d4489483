namespace VoteTracker.Tests.Features.Imports;

/// <summary>A change to a file for each kind of finding, and the lines of the finding.</summary>
internal static class WrongFiles
{
    public const string Text = "A/RES/78/6";

    // A change to a file, and the lines of its findings.
    public static readonly (string Kind, Func<VotingFile, string[]> Do)[] Wrongs =
    [
        (
            "totals-differ",
            file =>
                [
                    $"{FirstOf(file)}: the names add up to 114-7-31-41 of 193, the totals are 115-6-31-41 of 193",
                    .. Nothing(file.Vote(Text, "NOR", "N")),
                ]
        ),
        (
            "unknown-member",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",NOR,", ",XXX,");
                return [$"{line}: no member has or had the code 'XXX'", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "unknown-vote",
            file =>
            {
                var line = file.Vote(Text, "NOR", "y");
                return [$"{line}: ms_vote 'y' must be Y, N, A, X or empty", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "named-twice",
            file =>
            {
                file.Lines.Add(file.Lines[file.Line(Text, "NOR") - 1]);
                return [$"{file.Lines.Count}: NOR is named twice for this resolution"];
            }
        ),
        (
            "fields-differ",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "2023-11-02");
                return [$"{line}: date: differs from line {FirstOf(file)}, which is saved"];
            }
        ),
        (
            "wrong-date",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "31/12/2023");
                return
                [
                    $"{line}: date '31/12/2023' must be a day such as 2023-12-31",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "wrong-date",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "2023-11-01", "2026-11-22");
                return [$"{line}: date 2026-11-22 must be from 1945 to today", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",78,A/RES", ",seventy-eight,A/RES");
                return
                [
                    $"{line}: session must be such as 78, S-10 or ES-10; found 'seventy-eight'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, ",115,6,31,41,193,", ",115,six,31,41,193,");
                return
                [
                    $"{line}: total_no must be a whole number up to 1,000, or empty; found 'six'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "field-count",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Lines[line - 1] += ",more";
                return [$"{line}: the line has 21 fields, the header 20", Differs(file, "114-6-31-41 of 192")];
            }
        ),
        (
            "wrong-value",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Lines[line - 1] = "Total";
                return
                [
                    $"{line}: undl_id must be the number of a record; found 'Total'",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "damaged-text",
            file =>
            {
                var line = file.Line(Text, "TUR");
                file.Change(line, "TÜRKİYE", "TÃœRKÄ°YE");
                return
                [
                    $"{line}: ms_name 'TÃœRKÄ°YE' was damaged by a wrong encoding",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "damaged-text",
            file =>
            {
                // The second last column has the notes, and is empty.
                var line = file.Line(Text, "NOR");
                var note = Array.IndexOf(file.Header, "vote_note");
                var fields = file.Lines[line - 1].Split(',').ToList();
                var at = fields.Count - (file.Header.Length - note);
                fields[at].ShouldBeEmpty();
                fields[at] = "NA";
                file.Lines[line - 1] = string.Join(',', fields);
                return
                [
                    $"{line}: vote_note must not be 'NA', which programs write for a missing value; leave the cell empty",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
        (
            "truncated",
            file =>
            {
                file.Only(Text);
                file.Lines[^1] = file.Lines[^1][..30];
                file.LastEnd = "";
                return
                [
                    $"{file.Lines.Count}: the line has 5 fields, the header 20",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "truncated",
            file =>
            {
                file.Only(Text);
                file.Lines[^1] = file.Lines[^1][..^3];
                file.LastEnd = "";
                return
                [
                    $"{file.Lines.Count}: the line ends in the middle: undl_link",
                    Differs(file, "115-6-31-40 of 192"),
                ];
            }
        ),
        (
            "not-well-formed",
            file =>
            {
                var line = file.Line(Text, "NOR");
                file.Change(line, "NORWAY", "\"NOR\"WAY");
                return
                [
                    $"{line}: the line's quotes are not those of CSV (RFC 4180)",
                    Differs(file, "114-6-31-41 of 192"),
                ];
            }
        ),
    ];

    public static int FirstOf(VotingFile file) =>
        file.Lines.FindIndex(l => l.Contains($",{Text},", StringComparison.Ordinal)) + 1;

    public static string Differs(VotingFile file, string names) =>
        $"{FirstOf(file)}: the names add up to {names}, the totals are 115-6-31-41 of 193";

    public static string[] Nothing(int line)
    {
        line.ShouldBeGreaterThan(1);
        return [];
    }
}
