using System.Globalization;
using System.Text.Json;
using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>
/// The rows of a list compared with the current contacts, in the transaction that changes them. A row belongs to the
/// contact with its id, otherwise to the one with its state and name, otherwise it is a new contact.
/// </summary>
internal sealed class ContactEdits : IListEdits<ContactImport>
{
    private readonly List<Edit> _edits = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly ListWrite _write;
    private readonly ContactSheet _sheet;
    private readonly Dictionary<string, Contact> _byId;
    private readonly ILookup<(string State, string Name), Contact> _byName;

    private ContactEdits(ListWrite write, ContactSheet sheet, IReadOnlyList<Contact> contacts)
    {
        (_write, _sheet) = (write, sheet);
        _byId = contacts.ToDictionary(contact => contact.Id, StringComparer.Ordinal);
        _byName = contacts.ToLookup(contact => (contact.MemberState, FoldedText.Fold(contact.Name)));
    }

    /// <summary>The lines that change something. For a new contact, every change of a contact of its state counts.</summary>
    public IReadOnlyList<ComparedLine> Lines =>
        [
            .. _edits.Select(edit => new ComparedLine(
                edit.Line,
                edit.Content.MemberState,
                ChangeKind.Contact,
                edit.Current?.Id
            )),
        ];

    /// <summary>The faults of the lines.</summary>
    public CsvProblems Problems => _sheet.Table.Problems;

    /// <summary>Reads each line, and compares it with the contact that it belongs to.</summary>
    public static async Task<ContactEdits> Read(ListWrite write, ReferenceData referenceData, ContactSheet sheet)
    {
        // A write can run again after a conflict.
        sheet.Table.Problems.Clear();
        var contacts = await ContactStore.List(write.Write.Connection, memberState: null, ("", ""), int.MaxValue);
        var edits = new ContactEdits(write, sheet, [.. contacts]);
        foreach (var row in new ListRows(sheet.Table.Rows, ContactSheet.Editable).List())
        {
            if (referenceData.Roster.Find(row.Iso3) is not { Kind: not SeatKind.Former })
            {
                row.Wrong(
                    row.StateColumn,
                    $"must name a member of today or an observer; found {SafeText.Quote(row[row.StateColumn] ?? "")}"
                );
            }
            else if (!StateIdentity.Contradicts(row, StateIdentity.All))
            {
                edits.Read(row);
            }
        }
        return edits;
    }

    /// <summary>Saves each edit as a change of its contact.</summary>
    public async Task<ContactImport> Save()
    {
        var (write, caller) = (_write.Write, _write.Caller);
        if (!_write.IsDryRun)
        {
            write.EraseLog();
        }
        var changes = new List<ContactLineChange>();
        foreach (var edit in _edits)
        {
            var contact = edit.Current is { } current
                ? await ContactStore.Update(write, current.Id, edit.Content, caller.Label)
                : await ContactStore.Insert(write, ApiKey.NewId(), edit.Content, caller.Label);
            await ResolutionVersion.Append(
                write,
                caller,
                ChangeKind.Contact,
                resolution: null,
                version: null,
                write.Now,
                contact.MemberState,
                contact.Id
            );
            changes.Add(
                new ContactLineChange
                {
                    Line = edit.Line,
                    MemberState = contact.MemberState,
                    IsNew = edit.Current is null,
                    Fields = edit.Fields,
                }
            );
        }
        return new ContactImport
        {
            DryRun = _write.IsDryRun,
            Lines = _sheet.Table.Rows.Count,
            Unchanged = _sheet.Table.Rows.Count - changes.Count,
            Added = changes.Count(change => change.IsNew),
            Changes = changes,
            HeaderLine = _sheet.Table.HeaderLine,
            IgnoredColumns = _sheet.Table.IgnoredColumns,
            MappedColumns = _sheet.Table.MappedColumns,
            OtherSheets = _sheet.Table.OtherSheets,
        };
    }

    private void Read(CsvRecord row)
    {
        if (!TryFind(row, out var current))
        {
            return;
        }
        var cells = new ContactRowReader(row);
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
            _edits.Add(new Edit(row.Line, current, fields.ToContent(), [.. cells.Changes.Select(c => c.Field)]));
        }
    }

    // The contact of a row, null for a new one; false if the row is wrong.
    private bool TryFind(CsvRecord row, out Contact? contact)
    {
        var key = row["id"] ?? $"{row.Iso3} {FoldedText.Fold(row["name"] ?? "")}";
        contact = null;
        if (row["id"] is { } id)
        {
            if (!_byId.TryGetValue(id, out contact))
            {
                row.Wrong("id", "must be the id of a contact, or empty");
                return false;
            }
        }
        else if (row["name"] is null)
        {
            row.Wrong("name", "is required");
            return false;
        }
        else
        {
            var named = _byName[(row.Iso3, FoldedText.Fold(row["name"]!))].ToList();
            if (named.Count > 1)
            {
                row.Wrong(
                    "name",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"belongs to {named.Count} contacts of {row.Iso3}: add the id of one in a column id"
                    )
                );
                return false;
            }
            contact = named.Count == 1 ? named[0] : null;
            key = contact?.Id ?? key;
        }
        if (!_seen.TryAdd(key, row.Line))
        {
            row.Wrong(
                row["id"] is null ? "name" : "id",
                string.Create(CultureInfo.InvariantCulture, $"must be unique; the contact is also on line {_seen[key]}")
            );
            return false;
        }
        return true;
    }

    private sealed record Edit(long Line, Contact? Current, ContactContent Content, IReadOnlyList<string> Fields);

    /// <summary>Reads the cells of a row. An empty cell keeps the field, because a list often does not have everything.</summary>
    private sealed class ContactRowReader(CsvRecord row) : ListRowReader(row, isPersonal: true)
    {
        private readonly CsvRecord _row = row;

        public ContactFields Read(Contact? current)
        {
            Compare("member_state", current?.MemberState, _row.Iso3);
            return new ContactFields
            {
                MemberState = _row.Iso3,
                Name = Keep("name", current?.Name),
                Title = Keep("title", current?.Title),
                Office =
                    !IsEmpty("office") ? ReadWord("office", current?.Office)
                    : current is null ? Change<Office>("office", before: null, Office.Mission)
                    : current.Office,
                Email = Keep("email", current?.Email),
                Phone = Keep("phone", current?.Phone),
                Languages = Keep("languages", current?.Languages),
                Notes = Keep("notes", current?.Notes),
            };
        }

        private string? Keep(string column, string? before) => IsEmpty(column) ? before : ReadText(column, before);
    }
}
