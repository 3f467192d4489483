using VoteTracker.Database.Encryption;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>A row of a co-sponsor, or of a change of one. A change that deleted it has no status and no role.</summary>
internal sealed record CoSponsorRow
{
    public string Resolution { get; init; } = "";
    public string MemberState { get; init; } = "";
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string? Status { get; init; }
    public string? Role { get; init; }
    public DateOnly? Since { get; init; }
    public DateOnly? WithdrawnOn { get; init; }
    public string? Note { get; init; }
    public long TextVersion { get; init; }

    /// <summary>The co-sponsor of a row that is no deletion.</summary>
    public CoSponsor CoSponsor =>
        new(
            Resolution,
            MemberState,
            new CoSponsorContent
            {
                Status = EnumWord<CoSponsorStatus>.Parse(Status!),
                Role = EnumWord<CoSponsorRole>.Parse(Role!),
                Since = Since,
                WithdrawnOn = WithdrawnOn,
                Note = Note,
                TextVersion = DraftText.ToText((int)TextVersion),
            },
            Version,
            ChangedBy,
            ChangedAt
        );

    /// <summary>The row as it is read, with its note decrypted.</summary>
    public CoSponsorRow Decrypt(PersonalTexts texts) => this with { Note = texts.Decrypt(Note) };

    /// <summary>The row of a co-sponsor as it is stored, with its note encrypted.</summary>
    public static CoSponsorRow FromCoSponsor(CoSponsor coSponsor, PersonalTexts texts) =>
        new()
        {
            Resolution = coSponsor.Resolution,
            MemberState = coSponsor.MemberState,
            Version = coSponsor.Version,
            ChangedBy = coSponsor.ChangedBy!,
            ChangedAt = coSponsor.ChangedAt,
            Status = EnumWord<CoSponsorStatus>.ToWord(coSponsor.Status),
            Role = EnumWord<CoSponsorRole>.ToWord(coSponsor.Role),
            Since = coSponsor.Since,
            WithdrawnOn = coSponsor.WithdrawnOn,
            Note = texts.Encrypt(coSponsor.Note),
            TextVersion = DraftText.NumberOf(coSponsor.TextVersion),
        };
}
