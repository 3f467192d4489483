using System.Globalization;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

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

    /// <summary>Checks the row of a list of a resolution: its state is a member or an observer, and its columns agree.</summary>
    public bool CheckState(ReferenceData referenceData, string resolution, CsvRecord row)
    {
        if (referenceData.Roster.Find(row.Iso3) is not { Kind: SeatKind.Member or SeatKind.Observer })
        {
            row.Wrong(
                row.StateColumn,
                $"must name a member of today or an observer; found {SafeText.Quote(row[row.StateColumn] ?? "")}"
            );
            return false;
        }
        if (!CheckUnique(row))
        {
            return false;
        }
        if (row["resolution"] is { } named && named != resolution)
        {
            row.Wrong(
                "resolution",
                $"must be {resolution}, the resolution of this address; found {SafeText.Quote(named)}"
            );
            return false;
        }
        return !StateIdentity.Contradicts(row, StateIdentity.All);
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
