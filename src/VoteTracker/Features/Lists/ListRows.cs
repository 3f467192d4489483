using System.Globalization;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.MemberStates;

namespace VoteTracker.Features.Lists;

/// <summary>The rows of a list that can change something, each with its state.</summary>
/// <param name="rows">The rows.</param>
/// <param name="editable">The columns that can change something.</param>
internal sealed class ListRows(IReadOnlyList<CsvRecord> rows, IReadOnlyList<string> editable)
{
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>Lists the rows whose cells can be read, and that have a value to change and a state. Other faults are added.</summary>
    public IEnumerable<CsvRecord> List()
    {
        foreach (var row in rows)
        {
            foreach (var (column, fault) in row.Faults)
            {
                row.Wrong(column, fault);
            }
            if (row.Faults.Count == 0 && row.HasAny(editable) && StateIdentity.Identify(row))
            {
                yield return row;
            }
        }
    }

    /// <summary>Adds a problem and returns false if an earlier row has the same state.</summary>
    public bool CheckUnique(CsvRecord row)
    {
        if (_seen.TryAdd(row.Iso3, row.Line))
        {
            return true;
        }
        row.Wrong(
            row.StateColumn,
            string.Create(CultureInfo.InvariantCulture, $"must be unique; {row.Iso3} is also on line {_seen[row.Iso3]}")
        );
        return false;
    }
}
