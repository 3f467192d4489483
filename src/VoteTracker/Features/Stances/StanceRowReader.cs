using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Reads the cells of a row, and collects the fields that were edited and the columns that are wrong.</summary>
internal sealed class StanceRowReader(CsvRecord row)
{
    private readonly List<StanceFieldChange> _changes = [];
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    /// <summary>The fields that were edited.</summary>
    public IReadOnlyList<StanceFieldChange> Changes => _changes;

    /// <summary>Whether a cell is wrong.</summary>
    public bool HasProblem => _wrong.Count > 0;

    /// <summary>Whether the cell of a column is wrong.</summary>
    public bool IsWrong(string column) => _wrong.Contains(column);

    /// <summary>Whether the row has no value in a column.</summary>
    public bool IsEmpty(string column) => row[column] is null;

    /// <summary>The value of a cell, or the value before if the row lacks the column or the cell is wrong.</summary>
    public TEnum? ReadWord<TEnum>(string column, TEnum? before)
        where TEnum : struct, Enum
    {
        if (!row.Has(column))
        {
            return before;
        }
        TEnum? now = null;
        var text = row[column];
        if (text is not null)
        {
            if (!EnumWord<TEnum>.TryParse(text, out var value))
            {
                Wrong(column, CsvRecord.NotOneOf(EnumWord<TEnum>.All, text));
                return before;
            }
            now = value;
        }
        if (!Equals(now, before))
        {
            Add(column, EnumWord<TEnum>.ToWord(before), text);
        }
        return now;
    }

    /// <summary>The text of a cell, or the text before if the cell does not change it or is wrong.</summary>
    public string? ReadText(string column, string? before)
    {
        // The cell can have a leading ' from the export, which prevents that it is read as a formula.
        if (!row.Has(column) || AreSame(row[column], before))
        {
            return before;
        }
        var now = row[column] is { } text ? FreeText.Unguard(text) : null;
        if (AreSame(now, before))
        {
            return before;
        }
        if (now is not null && CsvCells.ProblemOf(now) is { } problem)
        {
            Wrong(column, problem);
            return before;
        }
        Add(column, before, now);
        return now;
    }

    /// <summary>The reason for the change.</summary>
    public string? ReadReason() => row["reason"] is { } reason ? FreeText.Unguard(reason) : null;

    /// <summary>Removes the changes of all fields but the position. With an unknown position, no other field has a value.</summary>
    public void RemoveAllButPosition()
    {
        foreach (var change in _changes.Where(change => change.Field != "position" && change.To is not null))
        {
            Wrong(change.Field, "must be empty where position is unknown");
        }
        _changes.RemoveAll(change => change.Field != "position");
    }

    /// <summary>Removes all changes.</summary>
    public void Clear() => _changes.Clear();

    /// <summary>Adds a problem of a cell. Only the first problem of a cell is reported.</summary>
    public void Wrong(string column, string problem)
    {
        if (_wrong.Add(column))
        {
            row.Wrong(column, problem);
        }
    }

    /// <summary>Whether two texts are the same. Spreadsheets rewrite line breaks, and cells are trimmed.</summary>
    public static bool AreSame(string? a, string? b) =>
        string.Equals(Normalize(a), Normalize(b), StringComparison.Ordinal);

    private static string? Normalize(string? text) =>
        text is null || VisibleText.Trim(text.ReplaceLineEndings("\n")) is not { Length: > 0 } plain ? null : plain;

    private void Add(string column, string? from, string? to) =>
        _changes.Add(
            new StanceFieldChange
            {
                Field = column,
                From = from,
                To = to,
            }
        );
}
