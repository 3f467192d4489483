using System.Globalization;
using System.Text.Json;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>
/// The rows of a list compared with the current endorsements, in the transaction that changes them. A row belongs to the
/// endorsement with its organisation, state and resolution; otherwise it is a new one.
/// </summary>
internal sealed class EndorsementEdits : IListEdits<EndorsementImport>
{
    private readonly List<Edit> _edits = [];
    private readonly Dictionary<Key, long> _seen = [];
    private readonly Dictionary<string, bool> _resolutions = new(StringComparer.Ordinal);
    private readonly ListWrite _write;
    private readonly EndorsementSheet _sheet;
    private readonly Dictionary<Key, Endorsement> _current;

    private EndorsementEdits(ListWrite write, EndorsementSheet sheet, IReadOnlyList<Endorsement> current) =>
        (_write, _sheet, _current) = (write, sheet, current.ToDictionary(Key.Of));

    /// <summary>The lines that change something. Every change of an endorsement of the same state counts.</summary>
    public IReadOnlyList<ComparedLine> Lines =>
        [.. _edits.Select(edit => new ComparedLine(edit.Line, edit.Content.MemberState ?? "", ChangeKind.Endorsement))];

    /// <summary>The faults of the lines.</summary>
    public CsvProblems Problems => _sheet.Table.Problems;

    /// <summary>Reads each line, and compares it with the endorsement that it belongs to.</summary>
    public static async Task<EndorsementEdits> Read(
        ListWrite write,
        ReferenceData referenceData,
        EndorsementSheet sheet
    )
    {
        // A write can run again after a conflict.
        sheet.Table.Problems.Clear();
        var names = sheet
            .Table.Rows.Select(row => new EndorsementRowReader(row).Organisation)
            .OfType<string>()
            .Select(Endorsement.KeyOf)
            .ToHashSet(StringComparer.Ordinal);
        var edits = new EndorsementEdits(write, sheet, await EndorsementStore.ListNamed(write.Write.Connection, names));
        foreach (var row in sheet.Table.Rows)
        {
            if (Identify(row, referenceData) && await edits.CheckResolution(row))
            {
                edits.Read(row);
            }
        }
        return edits;
    }

    /// <summary>Saves each edit.</summary>
    public async Task<EndorsementImport> Save()
    {
        var (write, caller) = (_write.Write, _write.Caller);
        await EndorsementStore.InsertMany(
            write,
            caller,
            [.. _edits.Where(edit => edit.Current is null).Select(edit => edit.Content)]
        );
        foreach (var edit in _edits)
        {
            if (edit.Current is { } current)
            {
                await EndorsementStore.Update(write, caller, current, edit.Content);
            }
        }
        return new EndorsementImport
        {
            DryRun = _write.IsDryRun,
            Lines = _sheet.Table.Rows.Count,
            Unchanged = _sheet.Table.Rows.Count - _edits.Count,
            Added = _edits.Count(edit => edit.Current is null),
            Changes =
            [
                .. _edits.Select(edit => new EndorsementLineChange
                {
                    Line = edit.Line,
                    Organisation = edit.Content.Organisation,
                    MemberState = edit.Content.MemberState,
                    IsNew = edit.Current is null,
                    Fields = edit.Fields,
                }),
            ],
            HeaderLine = _sheet.Table.HeaderLine,
            IgnoredColumns = _sheet.Table.IgnoredColumns,
            MappedColumns = _sheet.Table.MappedColumns,
            OtherSheets = _sheet.Table.OtherSheets,
        };
    }

    // The state of a row is optional. False if a cell cannot be read, or if the row names no current state.
    private static bool Identify(CsvRecord row, ReferenceData referenceData)
    {
        foreach (var (column, fault) in row.Faults)
        {
            row.Wrong(column, fault);
        }
        if (row.Faults.Count > 0)
        {
            return false;
        }
        if (!row.HasAny(StateIdentity.All))
        {
            return true;
        }
        if (!StateIdentity.Identify(row))
        {
            return false;
        }
        if (referenceData.Roster.Find(row.Iso3) is not { Kind: not SeatKind.Former })
        {
            row.Wrong(
                row.StateColumn,
                $"must name a member of today or an observer; found {SafeText.Quote(row[row.StateColumn] ?? "")}"
            );
            return false;
        }
        return !StateIdentity.Contradicts(row, StateIdentity.All);
    }

    private async Task<bool> CheckResolution(CsvRecord row)
    {
        if (row["resolution"] is not { } id)
        {
            return true;
        }
        if (!_resolutions.TryGetValue(id, out var exists))
        {
            exists = await ResolutionStore.Find(_write.Write.Connection, id) is not null;
            _resolutions.Add(id, exists);
        }
        if (!exists)
        {
            row.Wrong("resolution", $"must be the id of a resolution, or empty; found {SafeText.Quote(id)}");
        }
        return exists;
    }

    private void Read(CsvRecord row)
    {
        var cells = new EndorsementRowReader(row);
        if (cells.Organisation is not { } organisation)
        {
            row.Wrong("organisation", "is required");
            return;
        }
        var key = new Key(Endorsement.KeyOf(organisation), row.Iso3.Length == 0 ? null : row.Iso3, row["resolution"]);
        if (!_seen.TryAdd(key, row.Line))
        {
            row.Wrong(
                "organisation",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must be unique for its state; it is also on line {_seen[key]}"
                )
            );
            return;
        }
        var current = _current.GetValueOrDefault(key);
        var fields = cells.Read(current);
        if (cells.Changes.Count == 0 && !cells.HasProblem)
        {
            return;
        }
        foreach (var error in _sheet.Validator.Validate(fields).Errors)
        {
            cells.Wrong(JsonNamingPolicy.SnakeCaseLower.ConvertName(error.PropertyName), error.ErrorMessage);
        }
        if (!cells.HasProblem)
        {
            _edits.Add(new Edit(row.Line, current, fields.ToContent(), [.. cells.Changes]));
        }
    }

    private sealed record Edit(
        long Line,
        Endorsement? Current,
        EndorsementContent Content,
        IReadOnlyList<FieldChange> Fields
    );

    private sealed record Key(string Name, string? MemberState, string? Resolution)
    {
        public static Key Of(Endorsement endorsement) =>
            new(Endorsement.KeyOf(endorsement.Organisation), endorsement.MemberState, endorsement.Resolution);
    }
}
