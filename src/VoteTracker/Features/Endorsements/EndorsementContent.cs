using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>What a user records about an endorsement. A new field is added in this file and in the store.</summary>
public record EndorsementContent
{
    /// <summary>The name of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>The code of the member or observer that the organisation belongs to; null for an international one.</summary>
    public required string? MemberState { get; init; }

    /// <summary>The id of the resolution that it endorses; null if it endorses the demand of the campaign.</summary>
    public required string? Resolution { get; init; }

    /// <summary>The kind of the organisation.</summary>
    public required OrganisationKind? Kind { get; init; }

    /// <summary>The languages that it works in, as tags of BCP 47.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Its web address, or that of its statement.</summary>
    public required string? Url { get; init; }

    /// <summary>The day on which it signed.</summary>
    public required DateOnly? SignedOn { get; init; }

    /// <summary>Whether it can be read without a key.</summary>
    public required bool Public { get; init; }
}

/// <summary>The fields of an endorsement that a lobbyist sets. A PATCH is merged into them.</summary>
public sealed record EndorsementFields
{
    /// <summary>The most languages of an organisation.</summary>
    internal const int MostLanguages = 20;

    /// <summary>The longest name.</summary>
    internal const int LongestName = 300;

    /// <summary>The name of the organisation, on one line; 300 characters at most.</summary>
    public string? Organisation { get; init; }

    /// <summary>The code of the member or observer that the organisation belongs to, ISO 3166-1 alpha-3; null for an international one.</summary>
    public string? MemberState { get; init; }

    /// <summary>The id of the resolution that it endorses; null if it endorses the demand of the campaign.</summary>
    public string? Resolution { get; init; }

    /// <summary>The kind of the organisation.</summary>
    public OrganisationKind? Kind { get; init; }

    /// <summary>The languages that it works in, as tags of BCP 47, such as `fr` or `pt-BR`; 20 at most.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Its web address, or that of its statement: https or http.</summary>
    public string? Url { get; init; }

    /// <summary>The day on which it signed, from 1945 to tomorrow.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>Whether it can be read without a key.</summary>
    public bool? Public { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal EndorsementContent ToContent() =>
        new()
        {
            Organisation = Organisation!,
            MemberState = MemberState,
            Resolution = Resolution,
            Kind = Kind,
            Languages = LanguageTag.Normalize(Languages ?? []),
            Url = Url,
            SignedOn = SignedOn,
            Public = Public!.Value,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static EndorsementFields FromContent(EndorsementContent content) =>
        new()
        {
            Organisation = content.Organisation,
            MemberState = content.MemberState,
            Resolution = content.Resolution,
            Kind = content.Kind,
            Languages = content.Languages,
            Url = content.Url,
            SignedOn = content.SignedOn,
            Public = content.Public,
        };
}

internal sealed class EndorsementFieldsValidator : AbstractValidator<EndorsementFields>
{
    public EndorsementFieldsValidator(ReferenceData referenceData, TimeProvider clock)
    {
        RuleFor(e => e.Organisation).Required().Text(EndorsementFields.LongestName).OneLine();
        RuleFor(e => e.MemberState)
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(e => e.Resolution).Text(64);
        RuleFor(e => e.Languages)
            .Must(tags => tags is null || tags.Count <= EndorsementFields.MostLanguages)
            .WithMessage($"must have {EndorsementFields.MostLanguages} languages at most");
        RuleForEach(e => e.Languages)
            .Must(LanguageTag.IsValid)
            .WithMessage(
                (_, tag) =>
                    $"must be the tag of a language (BCP 47), such as en, fr or pt-BR; found {(tag is null ? "null" : SafeText.Quote(tag))}"
            );
        RuleFor(e => e.Url).WebAddress();
        RuleFor(e => e.SignedOn).DayOfDocument(clock);
        RuleFor(e => e.Public).Required();
    }
}
