using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.MemberStates;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Pressures;

/// <summary>The kind of a pressure.</summary>
public enum PressureKind
{
    /// <summary>A threat, for example of sanctions.</summary>
    Threat,

    /// <summary>Aid that is offered, or that may end.</summary>
    Aid,

    /// <summary>Trade: an agreement, a tariff, an investment.</summary>
    Trade,

    /// <summary>A military base, or protection.</summary>
    Basing,

    /// <summary>Another kind; see the note.</summary>
    Other,
}

/// <summary>What a user records about a pressure. A new field is added in this file and in the store.</summary>
public record PressureContent
{
    /// <summary>The code of the member.</summary>
    public required string MemberState { get; init; }

    /// <summary>The id of the resolution; null for every resolution.</summary>
    public required string? Resolution { get; init; }

    /// <summary>Where it comes from: the code of a state, or the name of an organisation.</summary>
    public required string? From { get; init; }

    /// <summary>The kind of the pressure.</summary>
    public required PressureKind Kind { get; init; }

    /// <summary>The vote that it pushes the member to.</summary>
    public required PressureTarget Towards { get; init; }

    /// <summary>How strong it is.</summary>
    public required PressureLevel Level { get; init; }

    /// <summary>A note.</summary>
    public required string? Note { get; init; }
}

/// <summary>The fields of a pressure that a lobbyist sets. A PATCH is merged into them.</summary>
public sealed record PressureFields
{
    /// <summary>The code of the member, ISO 3166-1 alpha-3. An observer has no vote.</summary>
    public string? MemberState { get; init; }

    /// <summary>The id of the resolution; null for every resolution.</summary>
    public string? Resolution { get; init; }

    /// <summary>Where it comes from: the code or the name of another state, which is stored as its code, or the name of an organisation; 200 characters at most.</summary>
    public string? From { get; init; }

    /// <summary>The kind of the pressure.</summary>
    public PressureKind? Kind { get; init; }

    /// <summary>The vote that it pushes the member to.</summary>
    public PressureTarget? Towards { get; init; }

    /// <summary>How strong it is. The settings have the share of the probability that each level moves.</summary>
    public PressureLevel? Level { get; init; }

    /// <summary>A note; 1,000 characters at most.</summary>
    public string? Note { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal PressureContent ToContent() =>
        new()
        {
            MemberState = MemberState!,
            Resolution = Resolution,
            From = NormalizeFrom(From),
            Kind = Kind!.Value,
            Towards = Towards!.Value,
            Level = Level!.Value,
            Note = Note,
        };

    /// <summary>The code of a state that is named by its code or its name; another text as it is.</summary>
    internal static string? NormalizeFrom(string? from) =>
        from is null ? null
        : StateCode.Normalize(from.Trim()) is var code && StateNameIndex.Shipped.Contains(code) ? code
        // Two letters may be an organisation: AU is the African Union, and Australia.
        : from.Trim().Length > 2 && StateNameIndex.Shipped.Find(from) is [var state] ? state
        : from;

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static PressureFields FromContent(PressureContent content) =>
        new()
        {
            MemberState = content.MemberState,
            Resolution = content.Resolution,
            From = content.From,
            Kind = content.Kind,
            Towards = content.Towards,
            Level = content.Level,
            Note = content.Note,
        };
}

internal sealed class PressureFieldsValidator : AbstractValidator<PressureFields>
{
    public PressureFieldsValidator(ReferenceData referenceData)
    {
        RuleFor(p => p.MemberState)
            .NotNull()
            .WithMessage("is required: the ISO 3166-1 alpha-3 code, in capitals, of a member")
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: SeatKind.Member })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member, because others have no vote; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(p => p.Resolution).Text(64);
        RuleFor(p => p.From)
            .Text(200)
            .OneLine()
            .Must((fields, from) => from is null || PressureFields.NormalizeFrom(from) != fields.MemberState)
            .WithMessage("must be another state, or an organisation");
        RuleFor(p => p.Kind).RequiredWord();
        RuleFor(p => p.Towards).RequiredWord();
        RuleFor(p => p.Level).RequiredWord();
        RuleFor(p => p.Note).Text(1_000);
    }
}
