using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>
/// The places of the columns of the Library's file. Their order does not matter, nor do other columns. The column of notes
/// came with the layout of 2026.
/// </summary>
internal sealed class VotingDataColumns
{
    public const string Note = "vote_note";

    // As the file has them.
    private static readonly string[] All =
    [
        "undl_id",
        "ms_code",
        "ms_name",
        "ms_vote",
        "date",
        "session",
        "resolution",
        "draft",
        "committee_report",
        "meeting",
        "title",
        "agenda_title",
        "subjects",
        "total_yes",
        "total_no",
        "total_abstentions",
        "total_non_voting",
        "total_ms",
        "undl_link",
    ];

    // What is the same on each line of a text: all but what is of the member.
    private static readonly string[] OfText = [.. All.Where(c => !c.StartsWith("ms_", StringComparison.Ordinal))];

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private static readonly CsvColumns Known = new()
    {
        Required = All,
        Changing = [],
        Others = [Note],
    };

    public VotingDataColumns(CsvTable table)
    {
        var header = table.Header;
        var missing = All.Except(header, StringComparer.Ordinal).ToList();
        if (missing.Count == All.Length)
        {
            throw new ImportRefused(
                $"The file is not the Library's voting data: its first line has none of the columns {string.Join(", ", All)}."
            );
        }
        if (missing.Count > 0)
        {
            throw new ImportRefused($"The file lacks {Columns(missing)}.");
        }
        var twice = header.CountBy(h => h).Where(c => c.Value > 1 && All.Contains(c.Key)).Select(c => c.Key).ToList();
        if (twice.Count > 0)
        {
            throw new ImportRefused($"The file has {Columns(twice)} more than once.");
        }
        for (var i = 0; i < header.Count; i++)
        {
            _places.TryAdd(header[i], i);
        }
        (Count, Needed) = (header.Count, All.Max(Place) + 1);
        TextPlaces = [.. OfText.Select(Place)];
        (Code, Name, Vote) = (Place("ms_code"), Place("ms_name"), Place("ms_vote"));
        RecordId = Place("undl_id");
        NotePlace = _places.TryGetValue(Note, out var note) ? note : null;
    }

    /// <summary>How many fields the header has.</summary>
    public int Count { get; }

    /// <summary>How many fields a line needs to have all columns but notes and unknown ones.</summary>
    public int Needed { get; }

    /// <summary>The places of the columns of a text, which are the same on each of its lines.</summary>
    public int[] TextPlaces { get; }

    public int Code { get; }

    public int Name { get; }

    public int Vote { get; }

    public int RecordId { get; }

    public int? NotePlace { get; }

    public int Place(string column) => _places[column];

    /// <summary>The columns that are not read, once all rows were.</summary>
    public static IReadOnlyList<IgnoredColumn> Ignored(CsvTable table) =>
        Known.Ignored(table.Header, table.UnnamedHasValue);

    /// <summary>The name of a column of the text, by its number among those.</summary>
    public static string TextColumn(int number) => OfText[number];

    private static string Columns(List<string> names) =>
        $"the column{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)}";
}

/// <summary>A file that cannot be imported, with the reason, and what was found in it before.</summary>
internal sealed class ImportRefused(string message) : Exception(message)
{
    /// <summary>What was read of the file; null if nothing was.</summary>
    public VotingDataFile? File { get; init; }
}
