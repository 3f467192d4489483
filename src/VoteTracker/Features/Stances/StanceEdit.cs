using System.Globalization;
using System.Text.Json;
using FluentValidation;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>
/// What a row of a table changes of a stance: the cells that differ from the stance as it was when the table was exported.
/// So only edited cells change, and a newer write of another user is not overwritten.
/// </summary>
internal sealed class StanceEdit
{
    private readonly List<StanceFieldChange> _fields = [];
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);
    private readonly CsvRecord _row;
    private readonly Stance _was;

    private StanceEdit(CsvRecord row, Stance was) => (_row, _was) = (row, was);

    /// <summary>The fields that were edited; empty if the row equals the stance, or has a problem.</summary>
    public IReadOnlyList<StanceFieldChange> Fields => _fields;

    /// <summary>The stance that the row asks for; null if the row deletes the stance.</summary>
    public RecordStanceRequest? Request { get; private set; }

    /// <summary>Why it is recorded now; for the history.</summary>
    public string? Reason { get; private set; }

    /// <summary>Compares a row with the stance as it was when the table was exported; problems are added to the row's.</summary>
    public static StanceEdit Create(CsvRecord row, Stance was, IValidator<RecordStanceRequest> validator)
    {
        var edit = new StanceEdit(row, was);
        edit.Read(validator);
        if (edit._wrong.Count > 0)
        {
            edit._fields.Clear();
        }
        return edit;
    }

    /// <summary>Whether the stance has already what was edited here.</summary>
    public bool IsAlready(Stance stance) => _fields.TrueForAll(field => IsSame(field.To, TextOf(stance, field.Field)));

    private void Read(IValidator<RecordStanceRequest> validator)
    {
        if (_row.Has("position") && _row["position"] is null)
        {
            Wrong("position", CsvRecord.NotOneOf(EnumWord<Position>.All, found: null));
            return;
        }
        var position = Word<Position>("position", _was.Position) ?? _was.Position;
        var request = new RecordStanceRequest
        {
            Position = position,
            Certainty = Word("certainty", _was.Certainty),
            Evidence = Word("evidence", _was.Evidence),
            EvidenceUrl = Free("evidence_url", _was.EvidenceUrl),
            Note = Free("note", _was.Note),
            // The exports of viewers have no contacts: an empty cell deletes none.
            Contact = _row["contact"] is null ? _was.Contact : Free("contact", _was.Contact),
            Reason = _row["reason"] is { } reason ? FreeText.Unguard(reason) : null,
        };
        Reason = request.Reason;
        var isDeleted = position == Position.Unknown && !_wrong.Contains("position");
        if (isDeleted)
        {
            // The other fields are deleted with the position, so a new value would be lost.
            foreach (var field in _fields.Where(field => field.Field != "position" && field.To is not null))
            {
                Wrong(field.Field, "must be empty where position is unknown");
            }
            _fields.RemoveAll(field => field.Field != "position");
        }
        if (_fields.Count == 0)
        {
            return;
        }
        if (request.Reason is { } text && CsvCells.ProblemOf(text) is { } problem)
        {
            Wrong("reason", problem);
        }
        Request = isDeleted ? null : request;
        Validate(request, isDeleted, validator);
    }

    private void Validate(RecordStanceRequest request, bool isDeleted, IValidator<RecordStanceRequest> validator)
    {
        // What a stance must have depends on its position.
        var isPositionWrong = _wrong.Contains("position");
        foreach (var error in validator.Validate(request).Errors)
        {
            var column = ColumnOf(error.PropertyName);
            var follows = isPositionWrong && (column is "position" or "certainty" or "evidence");
            if (!follows && (!isDeleted || column == "reason"))
            {
                Wrong(
                    column,
                    column == "evidence_url" && _row[column] is { } found
                        ? $"{error.ErrorMessage}; found {SafeText.Quote(found)}"
                        : error.ErrorMessage
                );
            }
        }
    }

    // One fault of a cell gives one message, the first.
    private void Wrong(string column, string problem)
    {
        if (_wrong.Add(column))
        {
            _row.Wrong(column, problem);
        }
    }

    private TEnum? Word<TEnum>(string column, TEnum? was)
        where TEnum : struct, Enum
    {
        if (!_row.Has(column))
        {
            return was;
        }
        TEnum? now = null;
        var text = _row[column];
        if (text is not null)
        {
            if (!EnumWord<TEnum>.TryParse(text, out var value))
            {
                Wrong(column, CsvRecord.NotOneOf(EnumWord<TEnum>.All, text));
                return was;
            }
            now = value;
        }
        if (!Equals(now, was))
        {
            _fields.Add(
                new StanceFieldChange
                {
                    Field = column,
                    From = EnumWord<TEnum>.ToWord(was),
                    To = text,
                }
            );
        }
        return now;
    }

    private string? Free(string column, string? was)
    {
        // As exported, or without the ' that keeps a text from being a formula: that is not a part of the text.
        if (!_row.Has(column) || IsSame(_row[column], was))
        {
            return was;
        }
        var now = _row[column] is { } text ? FreeText.Unguard(text) : null;
        if (IsSame(now, was))
        {
            return was;
        }
        if (now is not null && CsvCells.ProblemOf(now) is { } problem)
        {
            Wrong(column, problem);
            return was;
        }
        _fields.Add(
            new StanceFieldChange
            {
                Field = column,
                From = was,
                To = now,
            }
        );
        return now;
    }

    // Spreadsheets write line breaks in their own way, and cells are trimmed.
    private static bool IsSame(string? a, string? b) => string.Equals(Plain(a), Plain(b), StringComparison.Ordinal);

    private static string? Plain(string? text) =>
        text is null || VisibleText.Trim(text.ReplaceLineEndings("\n")) is not { Length: > 0 } plain ? null : plain;

    private static string? TextOf(Stance stance, string column) =>
        column switch
        {
            "position" => EnumWord<Position>.ToWord(stance.Position),
            "certainty" => EnumWord<Certainty>.ToWord(stance.Certainty),
            "evidence" => EnumWord<Evidence>.ToWord(stance.Evidence),
            "evidence_url" => stance.EvidenceUrl,
            "note" => stance.Note,
            "contact" => stance.Contact,
            _ => null,
        };

    // Columns have the names of the JSON fields, in snake_case.
    private static string ColumnOf(string property) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property).ToLower(CultureInfo.InvariantCulture);
}
