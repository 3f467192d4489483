using System.Data.Common;
using Dapper;
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

    /// <summary>Elsewhere; the notes say where.</summary>
    Other,
}

/// <summary>A person or office at a mission, ministry or embassy that lobbyists talk to.</summary>
public sealed record Contact
{
    /// <summary>Its key; says nothing about the person.</summary>
    public required string Id { get; init; }

    /// <summary>The member or observer it works for.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the person or office.</summary>
    public required string Name { get; init; }

    /// <summary>The position held.</summary>
    public required string? Title { get; init; }

    /// <summary>Where it works.</summary>
    public required Office Office { get; init; }

    /// <summary>An e-mail address.</summary>
    public required string? Email { get; init; }

    /// <summary>A telephone number.</summary>
    public required string? Phone { get; init; }

    /// <summary>The languages it speaks, as a text.</summary>
    public required string? Languages { get; init; }

    /// <summary>What else there is to say.</summary>
    public required string? Notes { get; init; }

    /// <summary>A counter of its own, raised by every change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    internal static async Task<Contact?> Find(DbConnection connection, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<ContactRow>($"{ContactRow.Select} WHERE id = @id", new { id })
        )?.Contact;

    internal static async Task<bool> Exists(DbConnection connection, string id) =>
        await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM contact WHERE id = @id", new { id }) > 0;
}

/// <summary>What lobbyists write down of a contact.</summary>
public sealed record ContactFields
{
    /// <summary>The member or observer it works for, ISO 3166-1 alpha-3.</summary>
    public string? MemberState { get; init; }

    /// <summary>The name of the person or office; 200 characters at most.</summary>
    public string? Name { get; init; }

    /// <summary>The position held; 200 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>Where it works.</summary>
    public Office? Office { get; init; }

    /// <summary>One e-mail address, such as name@example.org; 254 characters at most.</summary>
    public string? Email { get; init; }

    /// <summary>A telephone number, as it is dialled; 50 characters at most.</summary>
    public string? Phone { get; init; }

    /// <summary>The languages it speaks, as a text; 200 characters at most.</summary>
    public string? Languages { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most.</summary>
    public string? Notes { get; init; }
}

internal sealed class ContactFieldsValidator : AbstractValidator<ContactFields>
{
    public ContactFieldsValidator(ReferenceData facts)
    {
        RuleFor(c => c.MemberState)
            .NotNull()
            .WithMessage("is required: the ISO 3166-1 alpha-3 code, in capitals, of a member or observer")
            .Must(iso3 => iso3 is null || facts.Roster.Find(iso3) is { Kind: not SeatKind.Former })
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

/// <summary>A contact as it is read.</summary>
internal sealed record ContactRow
{
    public const string Select = """
        SELECT id, member_state, name, title, office, email, phone, languages, notes, version, changed_by, changed_at
        FROM contact
        """;

    public string Id { get; init; } = "";
    public string MemberState { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Title { get; init; }
    public string Office { get; init; } = "";
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Languages { get; init; }
    public string? Notes { get; init; }
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    public Contact Contact =>
        new()
        {
            Id = Id,
            MemberState = MemberState,
            Name = Name,
            Title = Title,
            Office = EnumWord<Office>.Parse(Office),
            Email = Email,
            Phone = Phone,
            Languages = Languages,
            Notes = Notes,
            Version = Version,
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
}
