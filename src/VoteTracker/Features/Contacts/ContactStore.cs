using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Engagements;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Reads and writes contacts. All SQL that names a column of their content is here.</summary>
internal static class ContactStore
{
    private const string Columns =
        "id, version, changed_by, changed_at, member_state, name, title, office, email, phone, languages, notes";

    /// <summary>Finds a contact; null if there is none with this id.</summary>
    public static async Task<Contact?> Find(DbConnection connection, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<ContactRow>(
                $"SELECT {Columns} FROM contact WHERE id = @id",
                new { id }
            )
        )?.ToContact(PersonalTexts.Of(connection));

    /// <summary>Whether there is a contact with this id.</summary>
    public static async Task<bool> Exists(DbConnection connection, string id) =>
        await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM contact WHERE id = @id", new { id }) > 0;

    /// <summary>Lists a page of contacts after a state and an id, in the order of the states and ids.</summary>
    public static async Task<IReadOnlyList<Contact>> List(
        DbConnection connection,
        string? memberState,
        (string State, string Id) after,
        int limit
    )
    {
        var texts = PersonalTexts.Of(connection);
        var rows = await connection.QueryAsync<ContactRow>(
            $"""
            SELECT {Columns}
            FROM contact
            WHERE (@memberState IS NULL OR member_state = @memberState) AND (member_state, id) > (@State, @Id)
            ORDER BY member_state, id
            LIMIT @limit
            """,
            new
            {
                memberState,
                after.State,
                after.Id,
                limit,
            }
        );
        return [.. rows.Select(row => row.ToContact(texts))];
    }

    /// <summary>Inserts a contact.</summary>
    public static async Task<Contact> Insert(Write write, string id, ContactContent content, string changedBy)
    {
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO contact ({Columns})
            VALUES (
                @Id, {Incarnation.FirstVersionOfNew}, @ChangedBy, @ChangedAt, @MemberState, @Name, @Title, @Office, @Email,
                @Phone, @Languages, @Notes
            )
            """,
            ContactRow.FromContent(id, content, changedBy, write)
        );
        return (await Find(write.Connection, id))!;
    }

    /// <summary>Updates a contact, and raises its version.</summary>
    public static async Task<Contact> Update(Write write, string id, ContactContent content, string changedBy)
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE contact
            SET version = version + 1, changed_by = @ChangedBy, changed_at = @ChangedAt, member_state = @MemberState,
                name = @Name, title = @Title, office = @Office, email = @Email, phone = @Phone, languages = @Languages,
                notes = @Notes
            WHERE id = @Id
            """,
            ContactRow.FromContent(id, content, changedBy, write)
        );
        return (await Find(write.Connection, id))!;
    }

    /// <summary>Deletes a contact, and the engagements and tasks that name it.</summary>
    public static async Task Delete(Write write, string id)
    {
        await EngagementErasure.DeleteOfContact(write, id);
        await write.Connection.ExecuteAsync("DELETE FROM contact WHERE id = @id", new { id });
    }

    private sealed record ContactRow
    {
        public string Id { get; init; } = "";
        public long Version { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
        public string MemberState { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Title { get; init; }
        public string Office { get; init; } = "";
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public string? Languages { get; init; }
        public string? Notes { get; init; }

        public Contact ToContact(PersonalTexts texts) =>
            new(
                Id,
                new ContactContent
                {
                    MemberState = MemberState,
                    Name = texts.Decrypt(Name),
                    Title = texts.Decrypt(Title),
                    Office = EnumWord<Office>.Parse(Office),
                    Email = texts.Decrypt(Email),
                    Phone = texts.Decrypt(Phone),
                    Languages = texts.Decrypt(Languages),
                    Notes = texts.Decrypt(Notes),
                },
                Version,
                ChangedBy,
                ChangedAt
            );

        public static ContactRow FromContent(string id, ContactContent content, string changedBy, Write write)
        {
            var texts = PersonalTexts.Of(write.Connection);
            return new()
            {
                Id = id,
                ChangedBy = changedBy,
                ChangedAt = write.Now,
                MemberState = content.MemberState,
                Name = texts.Encrypt(content.Name),
                Title = texts.Encrypt(content.Title),
                Office = EnumWord<Office>.ToWord(content.Office),
                Email = texts.Encrypt(content.Email),
                Phone = texts.Encrypt(content.Phone),
                Languages = texts.Encrypt(content.Languages),
                Notes = texts.Encrypt(content.Notes),
            };
        }
    }
}
