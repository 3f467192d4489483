using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>A row of the endorsements.</summary>
internal sealed record EndorsementRow
{
    public long Id { get; init; }
    public string Organisation { get; init; } = "";
    public string NameKey { get; init; } = "";
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public string? Kind { get; init; }
    public string? Languages { get; init; }
    public string? Url { get; init; }
    public DateOnly? SignedOn { get; init; }
    public bool IsPublic { get; init; }
    public long Version { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";

    public Endorsement Endorsement =>
        new(
            Id,
            new EndorsementContent
            {
                Organisation = Organisation,
                MemberState = MemberState,
                Resolution = Resolution,
                Kind = EnumWord<OrganisationKind>.ParseOrNull(Kind),
                Languages = Languages?.Split(' ') ?? [],
                Url = Url,
                SignedOn = SignedOn,
                Public = IsPublic,
            },
            Version,
            ChangedBy,
            ChangedAt
        );

    public static EndorsementRow FromContent(
        long id,
        EndorsementContent content,
        string changedBy,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = id,
            Organisation = content.Organisation,
            NameKey = Endorsements.Endorsement.KeyOf(content.Organisation),
            MemberState = content.MemberState,
            Resolution = content.Resolution,
            Kind = EnumWord<OrganisationKind>.ToWord(content.Kind),
            Languages = content.Languages.Count == 0 ? null : string.Join(' ', content.Languages),
            Url = content.Url,
            SignedOn = content.SignedOn,
            IsPublic = content.Public,
            ChangedAt = at,
            ChangedBy = changedBy,
        };
}
