using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Where a contact works.</summary>
public enum Office
{
    /// <summary>The permanent mission in New York.</summary>
    Mission,

    /// <summary>A ministry in the capital.</summary>
    Ministry,

    /// <summary>An embassy.</summary>
    Embassy,

    /// <summary>A parliament.</summary>
    Parliament,

    /// <summary>Another place; see the notes.</summary>
    Other,
}

/// <summary>What a user records about a contact. A new field is added in this file and in the store.</summary>
public record ContactContent
{
    /// <summary>The code of the member or observer that it works for.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the person or office.</summary>
    public required string Name { get; init; }

    /// <summary>The title of the person's post.</summary>
    public required string? Title { get; init; }

    /// <summary>The place of work.</summary>
    public required Office Office { get; init; }

    /// <summary>An e-mail address.</summary>
    public required string? Email { get; init; }

    /// <summary>A telephone number.</summary>
    public required string? Phone { get; init; }

    /// <summary>The languages that it speaks, as text.</summary>
    public required string? Languages { get; init; }

    /// <summary>Notes.</summary>
    public required string? Notes { get; init; }
}

/// <summary>The fields of a contact that a lobbyist sets. A PATCH is merged into them.</summary>
public sealed record ContactFields
{
    /// <summary>The code of the member or observer that it works for, ISO 3166-1 alpha-3.</summary>
    public string? MemberState { get; init; }

    /// <summary>The name of the person or office; 200 characters at most.</summary>
    public string? Name { get; init; }

    /// <summary>The title of the person's post; 200 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>The place of work.</summary>
    public Office? Office { get; init; }

    /// <summary>One e-mail address, such as name@example.org; 254 characters at most.</summary>
    public string? Email { get; init; }

    /// <summary>A telephone number, as it is dialled; 50 characters at most.</summary>
    public string? Phone { get; init; }

    /// <summary>The languages that it speaks, as text; 200 characters at most.</summary>
    public string? Languages { get; init; }

    /// <summary>Notes; 4,000 characters at most.</summary>
    public string? Notes { get; init; }

    /// <summary>The content of a valid request.</summary>
    internal ContactContent ToContent() =>
        new()
        {
            MemberState = MemberState!,
            Name = Name!,
            Title = Title,
            Office = Office!.Value,
            Email = Email,
            Phone = Phone,
            Languages = Languages,
            Notes = Notes,
        };

    /// <summary>The request that sets the same content again. A patch is merged into it.</summary>
    internal static ContactFields FromContent(ContactContent content) =>
        new()
        {
            MemberState = content.MemberState,
            Name = content.Name,
            Title = content.Title,
            Office = content.Office,
            Email = content.Email,
            Phone = content.Phone,
            Languages = content.Languages,
            Notes = content.Notes,
        };
}

internal sealed class ContactFieldsValidator : AbstractValidator<ContactFields>
{
    public ContactFieldsValidator(ReferenceData referenceData)
    {
        RuleFor(c => c.MemberState)
            .NotNull()
            .WithMessage("is required: the ISO 3166-1 alpha-3 code, in capitals, of a member or observer")
            .Must(iso3 => iso3 is null || referenceData.Roster.Find(iso3) is { Kind: not SeatKind.Former })
            .WithMessage(
                (_, iso3) =>
                    $"must be the ISO 3166-1 alpha-3 code, in capitals, of a member or observer; found {SafeText.Quote(iso3!)}"
            );
        RuleFor(c => c.Name).Required().Text(200);
        RuleFor(c => c.Title).Text(200);
        RuleFor(c => c.Office).RequiredWord();
        RuleFor(c => c.Email).EmailAddress(254);
        RuleFor(c => c.Phone).Text(50);
        RuleFor(c => c.Languages).Text(200);
        RuleFor(c => c.Notes).Text(4_000);
    }
}
