using System.Globalization;
using System.Text.Json;
using FluentValidation;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Lists;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>
/// The change of a stance by a row of a table: the cells that differ from the stance at the time of the export.
/// So only edited cells change, and a newer write of another user is not overwritten.
/// </summary>
internal sealed class StanceEdit
{
    private readonly CsvRecord _row;
    private readonly StanceRowReader _cells;

    private StanceEdit(CsvRecord row, Evidence? evidence) => (_row, _cells) = (row, new StanceRowReader(row, evidence));

    /// <summary>The fields that were edited; empty if the row equals the stance, or has a problem.</summary>
    public IReadOnlyList<FieldChange> Fields => _cells.Changes;

    /// <summary>The whole content after the edit.</summary>
    public StanceContent Content { get; private set; } = StanceContent.Unknown;

    /// <summary>The reason for the change; stored in the history.</summary>
    public string? Reason { get; private set; }

    /// <summary>Compares a row with the stance at the time of the export. Problems are added to the row's.</summary>
    public static StanceEdit Create(
        CsvRecord row,
        StanceContent before,
        Evidence? evidence,
        IValidator<RecordStanceRequest> validator
    )
    {
        var edit = new StanceEdit(row, evidence);
        edit.Read(before, validator);
        if (edit._cells.HasProblem)
        {
            edit._cells.Clear();
        }
        return edit;
    }

    /// <summary>Whether the stance already has the edited values.</summary>
    public bool IsAlready(StanceContent stance)
    {
        var current = stance.ToCells().ToDictionary(cell => cell.Column, cell => cell.Value, StringComparer.Ordinal);
        return Fields.All(field => ListRowReader.AreSame(field.To, current[field.Field]));
    }

    private void Read(StanceContent before, IValidator<RecordStanceRequest> validator)
    {
        if (_row.Has("position") && _row["position"] is null && before.Position == Position.Unknown)
        {
            _cells.Wrong(
                "position",
                CsvRecord.NotOneOf(EnumWord<Position>.All, found: null)
                    + ", and no position is recorded that the row can belong to: write ? for undecided, or leave "
                    + (
                        StanceSheet.Editable.All(column => column == "note" || _row[column] is null)
                            ? "the note empty"
                            : "the other cells empty"
                    )
            );
            return;
        }
        var request = RecordStanceRequest.FromRow(_cells, before);
        Reason = request.Reason;
        var isDeleted = request.Position == Position.Unknown && !_cells.IsWrong("position");
        if (isDeleted)
        {
            _cells.RemoveAllButPosition();
        }
        if (Fields.Count == 0)
        {
            return;
        }
        if (request.Reason is { } reason && CsvCells.ProblemOf(reason) is { } problem)
        {
            _cells.Wrong("reason", problem);
        }
        Content = isDeleted ? StanceContent.Unknown : request.ToContent();
        Validate(request, isDeleted, validator);
    }

    private void Validate(RecordStanceRequest request, bool isDeleted, IValidator<RecordStanceRequest> validator)
    {
        // The position decides which other fields are required.
        var isPositionWrong = _cells.IsWrong("position");
        foreach (var error in validator.Validate(request).Errors)
        {
            var column = ColumnOf(error.PropertyName);
            var follows = isPositionWrong && (column is "position" or "certainty" or "evidence");
            if (!follows && (!isDeleted || column == "reason"))
            {
                _cells.Wrong(
                    column,
                    column == "evidence_url" && _row[column] is { } found
                        ? $"{error.ErrorMessage}; found {SafeText.Quote(found)}"
                        : error.ErrorMessage
                );
            }
        }
    }

    // Columns have the names of the JSON fields, in snake_case.
    private static string ColumnOf(string property) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property).ToLower(CultureInfo.InvariantCulture);
}
