using System.Globalization;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Sessions;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The fields of a resolution, which each of its lines in the file has.</summary>
internal sealed record VotingDataHeader
{
    private static readonly string[] FreeTexts =
    [
        "title",
        "draft",
        "committee_report",
        "meeting",
        "agenda_title",
        "subjects",
    ];

    public required string RecordId { get; init; }
    public required string Id { get; init; }
    public required string Symbol { get; init; }
    public required SessionName Session { get; init; }
    public required DateOnly Day { get; init; }
    public required string Title { get; init; }
    public required string? Draft { get; init; }
    public required string? CommitteeReport { get; init; }
    public required string? Meeting { get; init; }
    public required string? Agenda { get; init; }
    public required string? Subjects { get; init; }
    public required string? Url { get; init; }
    public required int? Yes { get; init; }
    public required int? No { get; init; }
    public required int? Abstain { get; init; }
    public required int? NonVoting { get; init; }
    public required int? Members { get; init; }

    /// <summary>Parses a line; if it cannot be read, returns the problem.</summary>
    public static (VotingDataHeader? Head, ImportFindingKind Kind, string Wrong) Parse(
        CsvTable table,
        VotingDataColumns columns,
        DateOnly today
    )
    {
        string? Text(string column) => table.Text(columns.Place(column)) is { Length: > 0 } text ? text : null;
        if (RecordNumberOf(Text("undl_id")) is not { } recordNumber)
        {
            return (null, ImportFindingKind.WrongValue, NoRecordNumber(Text("undl_id")));
        }
        if (Text("resolution") is not { } symbol || ResolutionId.OfSymbol(symbol) is not { } id)
        {
            return (
                null,
                ImportFindingKind.WrongValue,
                $"resolution must be a symbol, such as A/RES/78/4; {Found(Text("resolution"))}"
            );
        }
        var date = Text("date") ?? "";
        if (!DateOnly.TryParseExact(date, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (null, ImportFindingKind.WrongDate, $"date {SafeText.Quote(date)} must be a day such as 2023-12-31");
        }
        if (day > today || day.Year < 1945)
        {
            return (null, ImportFindingKind.WrongDate, $"date {day:O} must be from 1945 to today");
        }
        if (SessionName.Parse(CsvCells.Whole(Text("session") ?? "")) is not { } session)
        {
            return (
                null,
                ImportFindingKind.WrongValue,
                $"session must be such as 78, S-10 or ES-10; {Found(Text("session"))}"
            );
        }
        foreach (var column in FreeTexts)
        {
            if (Text(column) is { } free && CsvCells.ProblemOf(free) is { } problem)
            {
                return (null, ImportFindingKind.DamagedText, $"{column} {problem}");
            }
        }
        var totals = new int?[5];
        string[] names = ["total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms"];
        for (var i = 0; i < totals.Length; i++)
        {
            if (Text(names[i]) is not { } total)
            {
                continue;
            }
            if (!CsvCells.TryWhole(total, out var number) || number > 1_000)
            {
                return (
                    null,
                    ImportFindingKind.WrongValue,
                    $"{names[i]} must be a whole number up to 1,000, or empty; {Found(total)}"
                );
            }
            totals[i] = (int)number;
        }
        return (
            new VotingDataHeader
            {
                RecordId = recordNumber.ToString(CultureInfo.InvariantCulture),
                Id = id,
                Symbol = symbol,
                Session = session,
                Day = day,
                Title = Text("title") ?? symbol,
                Draft = Text("draft"),
                CommitteeReport = Text("committee_report"),
                Meeting = Text("meeting"),
                Agenda = Text("agenda_title"),
                Subjects = Text("subjects"),
                Url = Text("undl_link") is { } url && url.StartsWith("https://", StringComparison.Ordinal) ? url : null,
                Yes = totals[0],
                No = totals[1],
                Abstain = totals[2],
                NonVoting = totals[3],
                Members = totals[4],
            },
            default,
            ""
        );
    }

    /// <summary>The number of a record; null if the cell is not one.</summary>
    public static long? RecordNumberOf(string? cell) =>
        cell is not null && CsvCells.TryWhole(cell, out var number) && number < 1_000_000_000_000 ? number : null;

    /// <summary>The message for a cell that is not the number of a record.</summary>
    public static string NoRecordNumber(string? cell) => $"undl_id must be the number of a record; {Found(cell)}";

    private static string Found(string? cell) =>
        string.IsNullOrEmpty(cell) ? "it is empty" : $"found {SafeText.Quote(cell)}";
}
