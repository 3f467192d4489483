using System.Globalization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>A person as the provider of the organisation describes it.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The id at the provider, which never changes.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">The role from the claims; null if they give none.</param>
internal sealed record Person(string Issuer, string Subject, string Name, KeyRole? Role);

/// <summary>
/// The people who signed in with the organisation. Each is a holder as those of keys are, with a label of its own, but
/// without a key. An administrator ends the access of a person as that of a key.
/// </summary>
internal sealed class People(Db db, ApiKeyStore keys, PageSessions sessions)
{
    private const string Find =
        "SELECT id, hash, role, revoked_at FROM api_key WHERE issuer = @Issuer AND subject = @Subject";

    /// <summary>Begins a session of a person, who gets a label at the first sign-in and keeps it.</summary>
    /// <param name="person">The person.</param>
    /// <param name="lifetime">How long the session lasts.</param>
    /// <param name="http">The request. The browser's session before ends.</param>
    public async Task<SignInResult> SignIn(Person person, TimeSpan lifetime, HttpContext http)
    {
        // The session, which begins next, has the entry of the sign-in.
        var (hash, fault) = await db.WriteBookkeeping(write => Save(write, person, http));
        // The role of running sessions changes at once.
        keys.ClearCache();
        return hash is null
            ? SignInResult.Rejected(fault!.Value)
            : SignInResult.Began(await sessions.Begin(hash, lifetime, SessionCookie.ReadToken(http)));
    }

    private static async Task<(string? Hash, SignInFault? Fault)> Save(Write write, Person person, HttpContext http)
    {
        var row = await write.Connection.QuerySingleOrDefaultAsync<Row>(Find, new { person.Issuer, person.Subject });
        if (row?.RevokedAt is not null)
        {
            Note(AuditAction.RefusedRight, row.Id);
            return (null, SignInFault.Revoked);
        }
        if (person.Role is not { } role)
        {
            Note(AuditAction.RefusedRight, row?.Id ?? Rights.Anonymous);
            // The sessions end with their holder.
            await write.Connection.ExecuteAsync(
                "UPDATE api_key SET expires_at = @Now WHERE issuer = @Issuer AND subject = @Subject",
                new
                {
                    write.Now,
                    person.Issuer,
                    person.Subject,
                }
            );
            return (null, SignInFault.NoRole);
        }
        if (row is null)
        {
            var holder = new NewKey(role, await FindFreeLabel(write, person.Name))
            {
                Issuer = person.Issuer,
                Subject = person.Subject,
            };
            // The random key is not kept, so nobody has it.
            var issued = await IssuedKey.Issue(write, holder, by: "VoteTracker");
            Note(AuditAction.KeyCreated, issued.Id, $"key={issued.Id}&role={EnumWord<KeyRole>.ToWord(role)}");
            return (ApiKey.Hash(issued.Key), null);
        }
        var word = EnumWord<KeyRole>.ToWord(role);
        if (word != row.Role)
        {
            Note(AuditAction.Write, row.Id, $"key={row.Id}&role={word}");
        }
        await write.Connection.ExecuteAsync(
            "UPDATE api_key SET role = @word, expires_at = NULL WHERE id = @Id",
            new { word, row.Id }
        );
        return (row.Hash, null);

        void Note(AuditAction action, string author, string? target = null) =>
            write.AddAudit(RequestScope.Create(http, action) with { Author = author, Target = target });
    }

    // The name, or the first numbered one that no holder has.
    private static async Task<string> FindFreeLabel(Write write, string name)
    {
        var label = KeyLabel.FromName(name);
        var free = label;
        for (var number = 2; await KeyLabel.IsTaken(write.Connection, free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{label} {number}");
        }
        return free;
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Hash { get; init; } = "";
        public string Role { get; init; } = "";
        public DateTimeOffset? RevokedAt { get; init; }
    }
}
