using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The faults of the lines of a file, with a message for each, up to a number of lines.</summary>
internal sealed class CsvProblems
{
    private readonly List<(long Line, string Message)> _messages = [];
    private readonly HashSet<long> _lines = [];
    private int _kept;

    /// <summary>The largest number of lines that are named. A caller corrects a hundred lines at a time.</summary>
    public int MostLines { get; init; } = 100;

    /// <summary>Whether the cells are data of people, which messages do not show.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The number of faults, also beyond the limit.</summary>
    public int Count { get; private set; }

    /// <summary>The messages in the order of the lines, as the value of the field `lines` of a problem.</summary>
    public string[] Messages => [.. _messages.OrderBy(message => message.Line).Select(message => message.Message)];

    /// <summary>The 400 that lists them.</summary>
    public ProblemHttpResult Problem =>
        Problems.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["lines"] = Messages });

    /// <summary>Keeps the faults so far when a check of all rows starts again.</summary>
    public void Keep() => _kept = _messages.Count;

    /// <summary>Removes the faults that are not kept, where a check of all rows starts again.</summary>
    public void Clear()
    {
        _messages.RemoveRange(_kept, _messages.Count - _kept);
        Count = _kept;
        _lines.Clear();
        _lines.UnionWith(_messages.Select(message => message.Line));
    }

    /// <summary>Adds what is wrong with a line.</summary>
    public void Add(long line, string problem) =>
        AddMessage(line, string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}"));

    /// <summary>Adds what is wrong with a cell.</summary>
    public void Add(long line, string column, string problem) =>
        AddMessage(line, string.Create(CultureInfo.InvariantCulture, $"line {line}, {column}: {problem}"));

    /// <summary>Adds that a file has more rows than are read.</summary>
    public void AddTooManyRows(long line, int most) =>
        Add(line, string.Create(CultureInfo.InvariantCulture, $"the file has more than {most} rows"));

    /// <summary>Adds that a row has a value beside the columns of the header.</summary>
    public void AddSurplus(long line, string value, int columns) =>
        Add(
            line,
            string.Create(
                CultureInfo.InvariantCulture,
                $"has {(IsPersonal ? "a value" : $"the value {SafeText.Quote(value)}")} outside the header's {columns} columns"
            )
        );

    private void AddMessage(long line, string message)
    {
        Count++;
        if (_lines.Contains(line) || _lines.Count < MostLines)
        {
            _lines.Add(line);
            _messages.Add((line, message));
        }
    }
}
