using System.Text;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Imports.Reading;

/// <summary>The lines of one record, with the resolution's columns of the first line to compare the others with.</summary>
internal sealed class VotingDataGroup
{
    private byte[][]? _fields;
    private byte[][] _leading = [];
    private byte[] _tail = [];
    private byte[] _recordId = [];

    /// <summary>The resolution; null while no line of the record could be read.</summary>
    public VotingDataResolution? Resolution { get; private set; }

    /// <summary>The kind of the problem with the line that was remembered.</summary>
    public ImportFindingKind WrongKind { get; private set; }

    /// <summary>The problem with the line that was remembered.</summary>
    public string Wrong { get; private set; } = "";

    /// <summary>Whether the cell is the record's number, written as on the line before.</summary>
    public bool HasRecordId(ReadOnlySpan<byte> cell) => cell.SequenceEqual(_recordId);

    /// <summary>Remembers how the line writes the record's number: `9000001`, or `9000001.0`.</summary>
    public void RememberRecordId(ReadOnlySpan<byte> cell) => _recordId = cell.ToArray();

    /// <summary>Whether the current line has the same bytes in each column of the resolution.</summary>
    public bool HasSameFields(CsvTable table, VotingDataColumns columns)
    {
        if (_fields is null)
        {
            return false;
        }
        // Most lines differ from the first one only in the columns of the member.
        return _tail.Length > 0 && table.RowFrom(columns.TailPlace!.Value).SequenceEqual(_tail)
            ? AreSame(table, columns.LeadingPlaces, _leading)
            : AreSame(table, columns.ResolutionPlaces, _fields);
    }

    /// <summary>The columns of the resolution in which the current line differs.</summary>
    public IReadOnlyList<string> ListDifferences(CsvTable table, VotingDataColumns columns)
    {
        var differing = new List<string>();
        for (var i = 0; i < columns.ResolutionPlaces.Length; i++)
        {
            var cell = table.Cell(columns.ResolutionPlaces[i]);
            if (
                !cell.SequenceEqual(_fields![i])
                && CsvCells.Whole(Encoding.UTF8.GetString(cell)) != CsvCells.Whole(Encoding.UTF8.GetString(_fields[i]))
            )
            {
                differing.Add(VotingDataColumns.NameOfResolutionColumn(i));
            }
        }
        return differing;
    }

    /// <summary>Begins the resolution with the current line.</summary>
    public void Begin(CsvTable table, VotingDataColumns columns, VotingDataResolution resolution)
    {
        Resolution = resolution;
        SetFields(table, columns);
    }

    /// <summary>
    /// Remembers that the current line cannot be read, because the next lines usually have the same fields. Once a line could
    /// be read, every other line is read separately.
    /// </summary>
    public void Remember(CsvTable table, VotingDataColumns columns, ImportFindingKind kind, string wrong)
    {
        if (Resolution is null)
        {
            SetFields(table, columns);
            (WrongKind, Wrong) = (kind, wrong);
        }
    }

    private void SetFields(CsvTable table, VotingDataColumns columns)
    {
        _fields = Copy(table, columns.ResolutionPlaces);
        _leading = Copy(table, columns.LeadingPlaces);
        _tail = columns.TailPlace is { } tail ? table.RowFrom(tail).ToArray() : [];
    }

    private static byte[][] Copy(CsvTable table, int[] places) =>
        [.. places.Select(place => table.Cell(place).ToArray())];

    private static bool AreSame(CsvTable table, int[] places, byte[][] fields)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (!table.Cell(places[i]).SequenceEqual(fields[i]))
            {
                return false;
            }
        }
        return true;
    }
}
