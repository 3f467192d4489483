using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>
/// The places of the columns of the UN Digital Library's file, in any order. Other columns are ignored. The column of notes
/// was added with the layout of 2026.
/// </summary>
internal sealed class VotingDataColumns
{
    public const string Note = "vote_note";

    // The names in the file.
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

    // The columns of the resolution, which are the same on each of its lines. The others are about the member.
    private static readonly string[] OfResolution = [.. All.Where(c => !c.StartsWith("ms_", StringComparison.Ordinal))];

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
                $"The file is not the UN Digital Library's voting data: its first line has none of the columns {string.Join(", ", All)}."
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
        ResolutionPlaces = [.. OfResolution.Select(Place)];
        (Code, Name, Vote) = (Place("ms_code"), Place("ms_name"), Place("ms_vote"));
        RecordId = Place("undl_id");
        // Usually the columns of the resolution are the last ones, so one comparison covers all of them.
        var afterMember = All.Except(OfResolution).Max(Place) + 1;
        LeadingPlaces = [.. ResolutionPlaces.Where(place => place < afterMember)];
        TailPlace = LeadingPlaces.Length < ResolutionPlaces.Length ? afterMember : null;
        NotePlace = _places.TryGetValue(Note, out var note) ? note : null;
    }

    /// <summary>The number of fields of the header.</summary>
    public int Count { get; }

    /// <summary>The number of fields that a line needs for all known columns except notes.</summary>
    public int Needed { get; }

    /// <summary>The places of the columns of a resolution.</summary>
    public int[] ResolutionPlaces { get; }

    /// <summary>The places of the columns of a resolution before <see cref="TailPlace"/>.</summary>
    public int[] LeadingPlaces { get; }

    /// <summary>The place after the columns of the member; null if no column of the resolution comes after them.</summary>
    public int? TailPlace { get; }

    public int Code { get; }

    public int Name { get; }

    public int Vote { get; }

    public int RecordId { get; }

    public int? NotePlace { get; }

    public int Place(string column) => _places[column];

    /// <summary>The columns that are ignored, after all rows were read.</summary>
    public static IReadOnlyList<IgnoredColumn> Ignored(CsvTable table) =>
        Known.Ignored(table.Header, table.UnnamedHasValue);

    /// <summary>The name of a column of the resolution, by its index in <see cref="ResolutionPlaces"/>.</summary>
    public static string NameOfResolutionColumn(int number) => OfResolution[number];

    private static string Columns(List<string> names) =>
        $"the column{(names.Count == 1 ? "" : "s")} {string.Join(", ", names)}";
}

/// <summary>A file that cannot be imported, with the reason and the problems found so far.</summary>
internal sealed class ImportRefused(string message) : Exception(message)
{
    /// <summary>What was read of the file; null if nothing was read.</summary>
    public VotingDataFile? File { get; init; }
}
