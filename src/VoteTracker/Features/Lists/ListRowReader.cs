using System.Globalization;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Lists;

/// <summary>Reads the cells of a row, and collects the fields that were edited and the columns that are wrong.</summary>
/// <param name="row">The row.</param>
/// <param name="isPersonal">Whether the texts are data of people, which messages do not show.</param>
internal class ListRowReader(CsvRecord row, bool isPersonal = false)
{
    private readonly List<FieldChange> _changes = [];
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    /// <summary>The fields that were edited.</summary>
    public IReadOnlyList<FieldChange> Changes => _changes;

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
        if (row[column] is { } text)
        {
            if (!ListWords.TryParse<TEnum>(column, text, out var value))
            {
                Wrong(column, CsvRecord.NotOneOf(EnumWord<TEnum>.All, text));
                return before;
            }
            now = value;
        }
        return Change(column, before, now);
    }

    /// <summary>
    /// The text of a cell, or the text before if the cell does not change it or is wrong. An empty cell clears the text only
    /// in an edited export, which has versions. Other lists often do not have everything.
    /// </summary>
    public string? ReadText(string column, string? before)
    {
        // The cell can have a leading ' from the export, which prevents that it is read as a formula.
        if (!row.Has(column) || (IsEmpty(column) && !row.Has("version")) || AreSame(row[column], before))
        {
            return before;
        }
        var now = row[column] is { } text ? FreeText.Unguard(text) : null;
        if (AreSame(now, before))
        {
            return before;
        }
        if (now is not null && CsvCells.ProblemOf(now, showsText: !isPersonal) is { } problem)
        {
            Wrong(column, problem);
            return before;
        }
        Add(column, before, now);
        return now;
    }

    /// <summary>The day in a cell, or the day before if the row lacks the column or the cell is wrong.</summary>
    public DateOnly? ReadDay(string column, DateOnly? before)
    {
        if (!row.Has(column))
        {
            return before;
        }
        DateOnly? now = null;
        if (row[column] is { } text)
        {
            if (!DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                Wrong(column, $"must be a day such as 2026-11-21; found {SafeText.Quote(text)}");
                return before;
            }
            now = day;
        }
        if (now != before)
        {
            Add(column, before?.ToString("O", CultureInfo.InvariantCulture), row[column]);
        }
        return now;
    }

    /// <summary>The reason for the change.</summary>
    public string? ReadReason() => row["reason"] is { } reason ? FreeText.Unguard(reason) : null;

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

    /// <summary>Adds the change of a word, if it is one. Returns the new value.</summary>
    protected TEnum? Change<TEnum>(string column, TEnum? before, TEnum? now)
        where TEnum : struct, Enum
    {
        if (!Equals(now, before))
        {
            Add(column, EnumWord<TEnum>.ToWord(before), EnumWord<TEnum>.ToWord(now));
        }
        return now;
    }

    /// <summary>Adds the change of a text, if it is one.</summary>
    protected void Compare(string column, string? before, string? now)
    {
        if (now != before)
        {
            Add(column, before, now);
        }
    }

    /// <summary>Removes the changes of some fields.</summary>
    protected void Remove(Predicate<FieldChange> fields) => _changes.RemoveAll(fields);

    /// <summary>Whether the file has the column.</summary>
    protected bool Has(string column) => row.Has(column);

    /// <summary>The text of a cell; null if it is empty or the file has no such column.</summary>
    protected string? Text(string column) => row[column];

    private static string? Normalize(string? text) =>
        text is null || VisibleText.Trim(text.ReplaceLineEndings("\n")) is not { Length: > 0 } plain ? null : plain;

    private void Add(string column, string? from, string? to) =>
        _changes.Add(
            new FieldChange
            {
                Field = column,
                From = from,
                To = to,
            }
        );
}
