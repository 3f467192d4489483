using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>
/// Reads the cells of a row of a table of stances. An empty certainty or evidence stays while the position stays. Where the
/// position changes, it has a default, because the old one was about another position.
/// </summary>
/// <param name="row">The row.</param>
/// <param name="evidence">The evidence of a changed position without one, from the request; null if it names none.</param>
internal sealed class StanceRowReader(CsvRecord row, Evidence? evidence) : ListRowReader(row)
{
    /// <summary>The certainty of a new stance whose row has none.</summary>
    public const Certainty DefaultCertainty = Certainty.Leaning;

    /// <summary>The evidence of a new stance, if neither the row nor the request has one.</summary>
    public const Evidence DefaultEvidence = Evidence.SecondHand;

    private Certainty? _implied;
    private bool _isChanged;

    /// <summary>The position; the one before if the cell is empty. A word such as `yes?` also says how firm it is.</summary>
    public Position? ReadPosition(Position before)
    {
        if (Text("position") is not { } text)
        {
            return before;
        }
        if (!ListWords.TryParsePosition(text, out var position, out var certainty))
        {
            return ReadWord<Position>("position", before);
        }
        _implied = certainty;
        _isChanged = position != before && position != Position.Unknown;
        return Change<Position>("position", before, position);
    }

    /// <summary>The certainty.</summary>
    public Certainty? ReadCertainty(Certainty? before)
    {
        if (IsEmpty("certainty"))
        {
            return _implied is { } implied ? Change("certainty", before, implied)
                : _isChanged ? Change<Certainty>("certainty", before, DefaultCertainty)
                : before;
        }
        var now = ReadWord("certainty", before);
        if (_implied is { } other && now != other && !IsWrong("certainty"))
        {
            Wrong(
                "certainty",
                $"contradicts the position, which says {EnumWord<Certainty>.ToWord(other)}; found '{EnumWord<Certainty>.ToWord(now)}'"
            );
        }
        return now;
    }

    /// <summary>The evidence.</summary>
    public Evidence? ReadEvidence(Evidence? before)
    {
        if (!IsEmpty("evidence"))
        {
            return ReadWord("evidence", before);
        }
        return _isChanged && evidence is { } named ? Change<Evidence>("evidence", before, named)
            : _isChanged ? Change<Evidence>("evidence", before, DefaultEvidence)
            : before;
    }

    /// <summary>A link or a contact belongs to the evidence: the old one is removed with it if the position changes.</summary>
    public bool RemovesWithEvidence(string column, string? before)
    {
        if (!_isChanged || !IsEmpty("evidence") || !IsEmpty(column))
        {
            return false;
        }
        Compare(column, before, null);
        return true;
    }

    /// <summary>Removes the changes of all fields but the position. With an unknown position, no other field has a value.</summary>
    public void RemoveAllButPosition()
    {
        foreach (var change in Changes.Where(change => change.Field != "position" && change.To is not null))
        {
            Wrong(change.Field, "must be empty where position is unknown");
        }
        Remove(change => change.Field != "position");
    }
}
