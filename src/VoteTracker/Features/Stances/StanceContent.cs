using System.Globalization;
using System.Text.Json.Serialization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>What a user records about a member state's position. A new field is added in this file and in the store.</summary>
public record StanceContent
{
    /// <summary>The position; `unknown` if nothing is recorded.</summary>
    public required Position Position { get; init; }

    /// <summary>How firm the position is; null if it is unknown. Viewers and up.</summary>
    [Restricted]
    public required Certainty? Certainty { get; init; }

    /// <summary>The basis of the position; null if it is unknown. Viewers and up.</summary>
    [Restricted]
    public required Evidence? Evidence { get; init; }

    /// <summary>A link to the evidence. Viewers and up.</summary>
    [Restricted]
    public required string? EvidenceUrl { get; init; }

    /// <summary>A note. Viewers and up.</summary>
    [Restricted]
    public required string? Note { get; init; }

    /// <summary>The id of the contact who stated the position. Lobbyists and up.</summary>
    [Restricted]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Contact { get; init; }

    /// <summary>The number of the engagement in which the position was heard. Viewers and up.</summary>
    [Restricted]
    public required long? Engagement { get; init; }

    /// <summary>The content if nothing is recorded, or the stance was deleted.</summary>
    internal static StanceContent Unknown { get; } =
        new()
        {
            Position = Position.Unknown,
            Certainty = null,
            Evidence = null,
            EvidenceUrl = null,
            Note = null,
            Contact = null,
            Engagement = null,
        };

    /// <summary>The columns of the fields, in the database and in tables of stances, in the order of the fields.</summary>
    internal static IReadOnlyList<string> Columns { get; } = [.. Unknown.ToCells().Select(cell => cell.Column)];

    /// <summary>The fields as cells of a table.</summary>
    internal IReadOnlyList<(string Column, string? Value)> ToCells() =>
        [
            ("position", EnumWord<Position>.ToWord(Position)),
            ("certainty", EnumWord<Certainty>.ToWord(Certainty)),
            ("evidence", EnumWord<Evidence>.ToWord(Evidence)),
            ("evidence_url", EvidenceUrl),
            ("note", Note),
            ("contact", Contact),
            ("engagement", Engagement?.ToString(CultureInfo.InvariantCulture)),
        ];
}

/// <summary>A member state's position, and its evidence.</summary>
public sealed record RecordStanceRequest
{
    /// <summary>`yes`, `no`, `abstain`, `absent` or `undecided`.</summary>
    public Position? Position { get; init; }

    /// <summary>How firm the position is.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>The basis of the position.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>A link to the evidence, https or http; 2,000 characters at most.</summary>
    public string? EvidenceUrl { get; init; }

    /// <summary>A note; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }

    /// <summary>The id of the contact who stated the position.</summary>
    public string? Contact { get; init; }

    /// <summary>The number of the engagement with the member state in which the position was heard.</summary>
    public long? Engagement { get; init; }

    /// <summary>The reason for the change; stored in the history. 1,000 characters at most.</summary>
    public string? Reason { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal StanceContent ToContent() =>
        new()
        {
            Position = Position!.Value,
            Certainty = Certainty,
            Evidence = Evidence,
            EvidenceUrl = EvidenceUrl,
            Note = Note,
            Contact = Contact,
            Engagement = Engagement,
        };

    /// <summary>The request that records the same content again. A patch is merged into it.</summary>
    internal static RecordStanceRequest FromContent(StanceContent content) =>
        new()
        {
            // An unknown position cannot be recorded, so the patch must name one.
            Position = content.Position == VoteTracker.Voting.Rules.Position.Unknown ? null : content.Position,
            Certainty = content.Certainty,
            Evidence = content.Evidence,
            EvidenceUrl = content.EvidenceUrl,
            Note = content.Note,
            Contact = content.Contact,
            Engagement = content.Engagement,
        };

    /// <summary>The request that a row of a table makes: edited cells, and the other fields as they were.</summary>
    internal static RecordStanceRequest FromRow(StanceRowReader row, StanceContent before) =>
        new()
        {
            Position = row.ReadPosition(before.Position) ?? before.Position,
            Certainty = row.ReadCertainty(before.Certainty),
            Evidence = row.ReadEvidence(before.Evidence),
            EvidenceUrl = row.RemovesWithEvidence("evidence_url", before.EvidenceUrl)
                ? null
                : row.ReadText("evidence_url", before.EvidenceUrl),
            Note = row.ReadText("note", before.Note),
            // Exports for viewers have no contacts, so an empty cell does not delete one.
            Contact =
                row.RemovesWithEvidence("contact", before.Contact) ? null
                : row.IsEmpty("contact") ? before.Contact
                : row.ReadText("contact", before.Contact),
            Engagement = row.IsEmpty("engagement") ? before.Engagement : ReadEngagement(row, before.Engagement),
            Reason = row.ReadReason(),
        };

    private static long? ReadEngagement(StanceRowReader row, long? before)
    {
        if (row.ReadText("engagement", before?.ToString(CultureInfo.InvariantCulture)) is not { } text)
        {
            return null;
        }
        if (CsvCells.TryWhole(text, out var number))
        {
            return number;
        }
        row.Wrong("engagement", $"must be the number of an engagement; found {SafeText.Quote(text)}");
        return before;
    }
}

internal sealed class RecordStanceValidator : AbstractValidator<RecordStanceRequest>
{
    private const string Recordable = "yes, no, abstain, absent, undecided";

    public RecordStanceValidator()
    {
        RuleFor(r => r.Position)
            .Must(p => p is not null and not Position.Unknown)
            .WithMessage(
                (_, p) =>
                    p is null
                        ? $"is required: one of {Recordable}; DELETE makes it unknown"
                        : $"must be one of {Recordable}; found 'unknown': DELETE makes it unknown"
            );
        RuleFor(r => r.Certainty).RequiredWord();
        RuleFor(r => r.Evidence).RequiredWord();
        RuleFor(r => r.EvidenceUrl).WebAddress();
        RuleFor(r => r.Note).Text(4_000);
        RuleFor(r => r.Contact).Text(64);
        RuleFor(r => r.Reason).Text(1_000);
    }
}
