using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Engagements;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Acts;

/// <summary>What a user records about an act. A new field is added in this file and in the store.</summary>
public record ActContent
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The kind of the act.</summary>
    public required ActKind Kind { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The address of the document.</summary>
    public required string Url { get; init; }

    /// <summary>The id of the resolution that it is about.</summary>
    public required string? Resolution { get; init; }
}

/// <summary>The fields of an act that a lobbyist sets. A PATCH is merged into them.</summary>
public sealed record ActFields
{
    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    public string? MemberState { get; init; }

    /// <summary>The kind of the act.</summary>
    public ActKind? Kind { get; init; }

    /// <summary>Its title, on one line; 500 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>Its day, from 1945 to tomorrow.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The address of the document: https or http.</summary>
    public string? Url { get; init; }

    /// <summary>The id of the resolution that it is about.</summary>
    public string? Resolution { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal ActContent ToContent() =>
        new()
        {
            MemberState = MemberState!,
            Kind = Kind!.Value,
            Title = Title!,
            On = On!.Value,
            Url = Url!,
            Resolution = Resolution,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static ActFields FromContent(ActContent content) =>
        new()
        {
            MemberState = content.MemberState,
            Kind = content.Kind,
            Title = content.Title,
            On = content.On,
            Url = content.Url,
            Resolution = content.Resolution,
        };
}

internal sealed class ActFieldsValidator : AbstractValidator<ActFields>
{
    public ActFieldsValidator(ReferenceData referenceData, TimeProvider clock)
    {
        RuleFor(a => a.MemberState)
            .NotNull()
            .WithMessage("is required: the ISO 3166-1 alpha-3 code, in capitals, of a member or observer")
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(a => a.Kind).RequiredWord();
        RuleFor(a => a.Title).Required().Text(500).OneLine();
        RuleFor(a => a.On).Required().DayOfDocument(clock);
        RuleFor(a => a.Url).Required().WebAddress();
        RuleFor(a => a.Resolution).Text(64);
    }
}
