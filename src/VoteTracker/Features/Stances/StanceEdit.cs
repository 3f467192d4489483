using System.Globalization;
using FluentValidation;
using VoteTracker.Http;
using VoteTracker.Voting;

namespace VoteTracker.Features.Stances;

/// <summary>
/// What a line of a table changes of a stance: the cells that say something else than the stance did when the table was
/// made. So only what was edited changes, and whoever wrote in the meantime is not overwritten unseen.
/// </summary>
internal sealed class StanceEdit
{
    private readonly List<StanceFieldChange> _fields = [];
    private readonly StanceLine _line;
    private readonly Stance _was;

    private StanceEdit(StanceLine line, Stance was) => (_line, _was) = (line, was);

    /// <summary>The fields that were edited; none where the line says what the stance was.</summary>
    public IReadOnlyList<StanceFieldChange> Fields => _fields;

    /// <summary>What the line asks for; where it takes the stance away, null.</summary>
    public RecordStanceRequest? Request { get; private set; }

    /// <summary>Why it is recorded now; for the history.</summary>
    public string? Reason { get; private set; }

    /// <summary>Reads a line against the stance as it was when the table was made; what is wrong is added by column.</summary>
    public static StanceEdit Of(
        StanceLine line,
        Stance was,
        IValidator<RecordStanceRequest> validator,
        Action<string, string> wrong
    )
    {
        var edit = new StanceEdit(line, was);
        var errors = 0;
        edit.Read(
            validator,
            (column, mend) =>
            {
                errors++;
                wrong(column, mend);
            }
        );
        if (errors > 0)
        {
            edit._fields.Clear();
        }
        return edit;
    }

    /// <summary>Whether the stance says already what was edited here.</summary>
    public bool IsAlready(Stance stance) => _fields.TrueForAll(field => IsSame(field.To, TextOf(stance, field.Field)));

    private void Read(IValidator<RecordStanceRequest> validator, Action<string, string> wrong)
    {
        var position = Word<Position>("position", _was.Position, wrong) ?? _was.Position;
        if (_line.TryGet("position", out var said) && said is null)
        {
            wrong("position", $"must be one of {string.Join(", ", Words<Position>.All)}");
            return;
        }
        var request = new RecordStanceRequest
        {
            Position = position,
            Certainty = Word("certainty", _was.Certainty, wrong),
            Evidence = Word("evidence", _was.Evidence, wrong),
            EvidenceUrl = Free("evidence_url", _was.EvidenceUrl),
            Note = Free("note", _was.Note),
            // Who may not see contacts exports none: an empty cell takes none away.
            Contact =
                _line.TryGet("contact", out var contact) && contact is not null
                    ? Free("contact", _was.Contact)
                    : _was.Contact,
            Reason = _line.TryGet("reason", out var reason) && reason is not null ? FreeText.Unguard(reason) : null,
        };
        Reason = request.Reason;
        var isGone = position == Position.Unknown;
        if (isGone)
        {
            // The rest goes with it; but what was written anew has nothing to stand on.
            foreach (var field in _fields.Where(field => field.Field != "position" && field.To is not null))
            {
                wrong(field.Field, "must be empty where position is unknown");
            }
            _fields.RemoveAll(field => field.Field != "position");
        }
        if (_fields.Count == 0)
        {
            return;
        }
        Request = isGone ? null : request;
        var errors = validator.Validate(request).Errors;
        foreach (var error in errors.Where(e => !isGone || e.PropertyName == nameof(request.Reason)))
        {
            wrong(ColumnOf(error.PropertyName), error.ErrorMessage);
        }
    }

    private TEnum? Word<TEnum>(string column, TEnum? was, Action<string, string> wrong)
        where TEnum : struct, Enum
    {
        if (!_line.TryGet(column, out var text))
        {
            return was;
        }
        TEnum? now = null;
        if (text is not null)
        {
            if (!Words<TEnum>.TryParse(text, out var value))
            {
                wrong(column, $"must be one of {string.Join(", ", Words<TEnum>.All)}");
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
                    From = Words<TEnum>.Of(was),
                    To = text,
                }
            );
        }
        return now;
    }

    private string? Free(string column, string? was)
    {
        // As it stands, or as a cell has it: the ' that keeps it from being a formula is not the writer's.
        if (!_line.TryGet(column, out var text) || IsSame(text, was))
        {
            return was;
        }
        var now = text is null ? null : FreeText.Unguard(text);
        if (IsSame(now, was))
        {
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

    // Spreadsheets write line ends their own way, and lose spaces at the ends.
    private static bool IsSame(string? a, string? b) =>
        string.Equals(a?.ReplaceLineEndings("\n").Trim(), b?.ReplaceLineEndings("\n").Trim(), StringComparison.Ordinal);

    private static string? TextOf(Stance stance, string column) =>
        column switch
        {
            "position" => Words<Position>.Of(stance.Position),
            "certainty" => Words<Certainty>.Of(stance.Certainty),
            "evidence" => Words<Evidence>.Of(stance.Evidence),
            "evidence_url" => stance.EvidenceUrl,
            "note" => stance.Note,
            "contact" => stance.Contact,
            _ => null,
        };

    // Columns are called as JSON calls the fields, in snake_case.
    private static string ColumnOf(string property) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property).ToLower(CultureInfo.InvariantCulture);
}
