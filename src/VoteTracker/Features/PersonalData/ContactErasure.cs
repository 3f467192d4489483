using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Contacts;
using VoteTracker.Security;

namespace VoteTracker.Features.PersonalData;

/// <summary>
/// Erases a contact. Everything that is erased with a contact is erased here, whether a user or the retention period erases
/// it. A new table with personal data adds its erasure to <see cref="Erase"/>.
/// </summary>
internal static class ContactErasure
{
    /// <summary>
    /// Lists the texts that contain the whole name or the e-mail address of a contact. They are erased with it. It is a read
    /// before the write, because it decrypts every comment and the whole history.
    /// </summary>
    public static async Task<NamingTexts> ListTexts(DbConnection connection, Contact contact) =>
        new(await ListComments(connection, contact), await EarlierTexts.List(connection, contact));

    /// <summary>Lists the comments that contain the whole name or the e-mail address of a contact.</summary>
    public static async Task<IReadOnlyList<Comment>> ListComments(DbConnection connection, Contact contact)
    {
        var person = new PersonText(contact);
        return [.. (await CommentStore.ListAll(connection)).Where(comment => person.IsNamedIn(comment.Text))];
    }

    /// <summary>Erases a contact in the transaction of the write, with the texts that name it.</summary>
    public static async Task Erase(Write write, Caller caller, Contact contact, NamingTexts texts)
    {
        write.OverwriteDeleted();
        write.EraseLog();
        await StoredResponse.DeleteOfContact(write, contact.Id);
        foreach (var comment in texts.Comments)
        {
            if (
                await CommentStore.Find(write.Connection, comment.Resolution, comment.MemberState, comment.Id)
                is not null
            )
            {
                await StoredResponse.DeleteOfComment(write, comment.Id);
                await CommentStore.Delete(write, caller, comment);
            }
        }
        await EarlierTexts.Erase(write, texts.Earlier);
        await ContactStore.Delete(write, contact.Id);
        await ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Contact,
            resolution: null,
            version: null,
            write.Now,
            contact.MemberState,
            contact.Id
        );
    }
}

/// <summary>The texts with the whole name or the e-mail address of a person.</summary>
internal sealed record NamingTexts(IReadOnlyList<Comment> Comments, IReadOnlyList<EarlierText> Earlier)
{
    public static readonly NamingTexts None = new([], []);
}
