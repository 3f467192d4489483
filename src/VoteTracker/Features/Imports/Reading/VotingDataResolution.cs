using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Sessions;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>What the file says of a text on each of its lines.</summary>
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

    /// <summary>Reads it from a line; what is wrong with the line where it cannot be read.</summary>
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

/// <summary>A text of the file: what it says of it, and who voted how.</summary>
internal sealed class VotingDataResolution(VotingDataHeader head, long line, int seats)
{
    private const byte NotNamed = 255;

    private readonly byte[] _votes = NobodyOf(seats);
    private string? _note;

    public VotingDataHeader Head { get; } = head;

    /// <summary>Its first line in the file.</summary>
    public long Line { get; } = line;

    /// <summary>Its key here: that of its symbol, unless another record has that symbol too.</summary>
    public string Id { get; set; } = head.Id;

    /// <summary>Who voted how, packed; null where nobody did, and only the totals are kept.</summary>
    public string? Names { get; private set; }

    /// <summary>How many are named.</summary>
    public int Named { get; private set; }

    /// <summary>The names counted.</summary>
    public VoteTotals? Counted { get; private set; }

    /// <summary>How many members were in the vote: those named, else what the file says.</summary>
    public int Members => Names is null ? Head.Members ?? 0 : Named;

    /// <summary>What all of it is: another file that says the same of the text has the same.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>What its lines have as notes.</summary>
    public string? Note => _note;

    // The longest that notes of one text together are kept.
    private const int MostOfNotes = 4_000;

    /// <summary>Names a member; false where it is named already.</summary>
    public bool Add(int seat, Vote vote)
    {
        if (_votes[seat] != NotNamed)
        {
            return false;
        }
        _votes[seat] = (byte)vote;
        return true;
    }

    public void AddNote(string note)
    {
        if (_note is null || (!_note.Contains(note, StringComparison.Ordinal) && _note.Length < MostOfNotes))
        {
            _note = _note is null ? note : $"{_note} | {note}";
        }
    }

    /// <summary>When its key is final: what all of it is, told by a hash.</summary>
    public void Seal() => Sha256 = Hash();

    /// <summary>When all lines are read: counts the names, and packs them.</summary>
    public void Close(IReadOnlyList<string> codes)
    {
        var names = new List<NamedVote>(Named);
        for (var seat = 0; seat < _votes.Length; seat++)
        {
            if (_votes[seat] != NotNamed)
            {
                names.Add(new NamedVote(codes[seat], (Vote)_votes[seat]));
            }
        }
        Named = names.Count;
        if (names.Exists(n => n.Vote != Vote.NonVoting))
        {
            Names = PackedNames.Pack(names);
            Counted = VoteTotals.FromVotes(names.Select(n => n.Vote));
        }
    }

    private string Hash()
    {
        object?[] all =
        [
            Id,
            Head.RecordId,
            Head.Symbol,
            Head.Session.Id,
            Head.Day.ToString("O", CultureInfo.InvariantCulture),
            Head.Title,
            Head.Draft,
            Head.CommitteeReport,
            Head.Meeting,
            Head.Agenda,
            Head.Subjects,
            Head.Url,
            Head.Yes,
            Head.No,
            Head.Abstain,
            Head.NonVoting,
            Head.Members,
            Note,
            Names,
            Named,
        ];
        // A unit separator between them: no cell has one, or it would be no text.
        var text = string.Join('\u001f', all.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static byte[] NobodyOf(int seats)
    {
        var votes = new byte[seats];
        Array.Fill(votes, NotNamed);
        return votes;
    }
}
