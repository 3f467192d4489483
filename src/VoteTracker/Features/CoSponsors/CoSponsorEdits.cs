using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>The rows of a list compared with the current co-sponsors, in the transaction that changes them.</summary>
internal sealed class CoSponsorEdits : IListEdits<ListImport>
{
    private readonly List<(CsvRecord Row, CoSponsorContent Content, IReadOnlyList<FieldChange> Fields)> _edits = [];
    private readonly List<LineConflict> _conflicts = [];
    private readonly ListWrite _write;
    private readonly Resolution _resolution;
    private readonly CoSponsorSheet _sheet;

    private CoSponsorEdits(ListWrite write, Resolution resolution, CoSponsorSheet sheet) =>
        (_write, _resolution, _sheet) = (write, resolution, sheet);

    /// <summary>The lines that change something.</summary>
    public IReadOnlyList<ComparedLine> Lines =>
        [.. _edits.Select(edit => new ComparedLine(edit.Row.Line, edit.Row.Iso3, ChangeKind.CoSponsor))];

    /// <summary>400 with every wrong line, otherwise 409 with every line that was edited from an old version; null if there is none.</summary>
    public ProblemHttpResult? Problem =>
        _sheet.Table.Problems.Count > 0 ? _sheet.Table.Problems.Problem
        : _conflicts.Count > 0 ? LineConflict.ToProblem(_conflicts)
        : null;

    /// <summary>Reads each line, and compares it with the current co-sponsor.</summary>
    public static async Task<CoSponsorEdits> Read(
        ListWrite write,
        ReferenceData referenceData,
        Resolution resolution,
        CoSponsorSheet sheet
    )
    {
        // A write can run again after a conflict.
        sheet.Table.Problems.Clear();
        var edits = new CoSponsorEdits(write, resolution, sheet);
        var current = await CoSponsorStore.ListAll(write.Write.Connection, resolution.Id, asOf: null);
        var rows = new ListRows(sheet.Table.Rows, CoSponsorSheet.Editable);
        foreach (var row in rows.List())
        {
            if (rows.CheckState(referenceData, resolution.Id, row))
            {
                edits.Read(row, current.GetValueOrDefault(row.Iso3));
            }
        }
        return edits;
    }

    /// <summary>Saves each edit with its own version and its own row of history.</summary>
    public async Task<ListImport> Save()
    {
        var changes = new List<LineChange>();
        foreach (var (row, content, fields) in _edits)
        {
            await CoSponsorStore.Save(_write.Write, _write.Caller, _resolution.Id, row.Iso3, content);
            changes.Add(
                new LineChange
                {
                    Line = row.Line,
                    MemberState = row.Iso3,
                    Fields = fields,
                }
            );
        }
        return ListImport.Create(_resolution.Id, _write.IsDryRun, _sheet.Table, changes);
    }

    private void Read(CsvRecord row, CoSponsor? current)
    {
        var cells = new CoSponsorRowReader(row, _resolution.TextVersion, NewYork.DayOf(_write.Write.Now));
        var request = cells.Read(current);
        if (cells.Changes.Count == 0 && !cells.HasProblem)
        {
            return;
        }
        foreach (var error in _sheet.Validator.Validate(request).Errors)
        {
            cells.Wrong(JsonNamingPolicy.SnakeCaseLower.ConvertName(error.PropertyName), error.ErrorMessage);
        }
        if (row["version"] is { } version && !CsvCells.TryWhole(version, out _))
        {
            cells.Wrong("version", $"must be a version, as in the export, or empty; found {SafeText.Quote(version)}");
        }
        if (cells.HasProblem)
        {
            return;
        }
        if (row["version"] is { } text && CsvCells.TryWhole(text, out var seen) && seen != (current?.Version ?? 0))
        {
            _conflicts.Add(
                new LineConflict
                {
                    Line = row.Line,
                    MemberState = row.Iso3,
                    Detail = string.Create(
                        CultureInfo.InvariantCulture,
                        $"the table has version {seen}, and the current version is {current?.Version ?? 0}"
                    ),
                }
            );
        }
        _edits.Add((row, request.ToContent(), cells.Changes));
    }

    /// <summary>Reads the cells of a row. The role of a new co-sponsor is additional, unless the row has another.</summary>
    private sealed class CoSponsorRowReader(CsvRecord row, string? currentText, DateOnly today) : ListRowReader(row)
    {
        public RecordCoSponsorRequest Read(CoSponsor? current)
        {
            var status = ReadWord("status", current?.Status);
            var role =
                !IsEmpty("role") ? ReadWord("role", current?.Role)
                : current is null ? Change<CoSponsorRole>("role", before: null, CoSponsorRole.Additional)
                : current.Role;
            var since = ReadDay("since", current?.Since);
            return new RecordCoSponsorRequest
            {
                Status = status,
                Role = role,
                Since = since,
                WithdrawnOn = IsEmpty("withdrawn_on")
                    ? FindWithdrawal(current, status, since)
                    : ReadDay("withdrawn_on", current?.WithdrawnOn),
                Note = ReadText("note", current?.Note),
                TextVersion = ReadTextVersion(current, status),
            };
        }

        // Without a cell, the text is the same as in a request that names none.
        private string ReadTextVersion(CoSponsor? current, CoSponsorStatus? status)
        {
            const string column = "text_version";
            var text = Text(column) ?? CoSponsorText.Choose(current, status, currentText);
            if (CoSponsorText.DescribeWrong(text, currentText) is { } problem)
            {
                Wrong(column, problem);
                return DraftText.Original;
            }
            Compare(column, current?.TextVersion, DraftText.ToText(DraftText.NumberOf(text)));
            return text;
        }

        // Without a cell, the day of a withdrawal begins and ends with the status.
        private DateOnly? FindWithdrawal(CoSponsor? current, CoSponsorStatus? status, DateOnly? since)
        {
            var day =
                status == CoSponsorStatus.Withdrawn ? CoSponsorContent.DayOfWithdrawal(current, since, today) : null;
            Compare("withdrawn_on", ToText(current?.WithdrawnOn), ToText(day));
            return day;
        }

        private static string? ToText(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
    }
}
