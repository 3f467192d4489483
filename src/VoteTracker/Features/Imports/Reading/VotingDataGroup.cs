using System.Text;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The lines of one record: the columns of its text as the first line has them, to compare the others with.</summary>
internal sealed class VotingDataGroup
{
    private byte[][]? _fields;
    private byte[] _recordId = [];

    /// <summary>The text; null while no line of the record could be read.</summary>
    public VotingDataResolution? Text { get; private set; }

    /// <summary>The kind of the problem with the line that was remembered.</summary>
    public ImportFindingKind WrongKind { get; private set; }

    /// <summary>The problem with the line that was remembered.</summary>
    public string Wrong { get; private set; } = "";

    /// <summary>Whether a line has the record's number as the line before had it.</summary>
    public bool HasRecordId(ReadOnlySpan<byte> cell) => cell.SequenceEqual(_recordId);

    /// <summary>Remembers how the line has the record's number: `9000001`, or `9000001.0`.</summary>
    public void RememberRecordId(ReadOnlySpan<byte> cell) => _recordId = cell.ToArray();

    /// <summary>Whether the current line has the same bytes in each column of the text.</summary>
    public bool IsSameText(CsvTable table, VotingDataColumns columns)
    {
        if (_fields is null)
        {
            return false;
        }
        var places = columns.TextPlaces;
        for (var i = 0; i < places.Length; i++)
        {
            if (!table.Cell(places[i]).SequenceEqual(_fields[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The columns of the text in which the current line has another value.</summary>
    public IReadOnlyList<string> Differing(CsvTable table, VotingDataColumns columns)
    {
        var differing = new List<string>();
        for (var i = 0; i < columns.TextPlaces.Length; i++)
        {
            var cell = table.Cell(columns.TextPlaces[i]);
            if (
                !cell.SequenceEqual(_fields![i])
                && CsvCells.Whole(Encoding.UTF8.GetString(cell)) != CsvCells.Whole(Encoding.UTF8.GetString(_fields[i]))
            )
            {
                differing.Add(VotingDataColumns.TextColumn(i));
            }
        }
        return differing;
    }

    /// <summary>Begins the text with the current line.</summary>
    public void Begin(CsvTable table, VotingDataColumns columns, VotingDataResolution text)
    {
        Text = text;
        _fields = Fields(table, columns);
    }

    /// <summary>
    /// Remembers that the current line cannot be read, because the lines that follow are mostly the same. Once a line could
    /// be read, each other line is read by itself.
    /// </summary>
    public void Remember(CsvTable table, VotingDataColumns columns, ImportFindingKind kind, string wrong)
    {
        if (Text is null)
        {
            (_fields, WrongKind, Wrong) = (Fields(table, columns), kind, wrong);
        }
    }

    private static byte[][] Fields(CsvTable table, VotingDataColumns columns) =>
        [.. columns.TextPlaces.Select(place => table.Cell(place).ToArray())];
}
