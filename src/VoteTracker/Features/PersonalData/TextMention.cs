using System.Data.Common;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.PersonalData;

/// <summary>A resource whose free text contains a part of a person's name. A human decides whether it is about the person.</summary>
public sealed record TextMention
{
    /// <summary>The address of the resource, or of its history.</summary>
    public required string Address { get; init; }

    /// <summary>Whether the text contains the whole name or the e-mail address, and not only a word of the name.</summary>
    public required bool WholeName { get; init; }
}

/// <summary>Lists the texts that may mention a person. It decrypts all texts of the database, so it is never part of a write.</summary>
internal static class TextMentions
{
    private const string Stance = "'/v1/resolutions/' || resolution || '/stances/' || member_state";
    private const string CoSponsor = "'/v1/resolutions/' || resolution || '/co-sponsors/' || member_state";

    /// <summary>Lists the resources that a caller may see, in the order of their addresses.</summary>
    public static async Task<IReadOnlyList<TextMention>> List(DbConnection connection, Contact contact, Caller caller)
    {
        var person = new PersonText(contact);
        var found = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var encrypted = EncryptedSources(caller)
            .Select(source =>
                (
                    source.Table,
                    Columns: EncryptedTable.All.Single(t => t.Name == source.Table).Columns,
                    source.Address,
                    source.Condition
                )
            );
        foreach (var (table, columns, address, condition) in encrypted.Concat(PlainSources(caller)))
        {
            var texts = await EncryptedRows.Query(
                connection,
                $"SELECT {address} AS address, {string.Join(", ", columns)} FROM {table} WHERE {condition}",
                new { caller.Label, contact.Id },
                (row, encryption) => (Address: row.GetString(0), Texts: Decrypt(row, encryption))
            );
            foreach (var text in texts.Where(text => text.Texts.Exists(person.MayBeIn)))
            {
                found[text.Address] = found.GetValueOrDefault(text.Address) || text.Texts.Exists(person.IsNamedIn);
            }
        }
        return [.. found.Select(pair => new TextMention { Address = pair.Key, WholeName = pair.Value })];
    }

    private static IEnumerable<(string Table, string Address, string Condition)> EncryptedSources(Caller caller)
    {
        var visible = $"IN (SELECT id FROM engagement WHERE {StateEngagement.VisibleTo(caller)})";
        var ofTask = $"engagement IS NULL OR engagement {visible}";
        return
        [
            ("contact", "'/v1/contacts/' || id", "id <> @Id"),
            ("engagement", "'/v1/engagements/' || CAST(id AS TEXT)", $"id {visible}"),
            (
                "engagement_change",
                "'/v1/engagements/' || CAST(engagement AS TEXT) || '/history'",
                $"engagement {visible}"
            ),
            ("task", "'/v1/tasks/' || CAST(id AS TEXT)", ofTask),
            ("task_change", "'/v1/tasks/' || CAST(task AS TEXT) || '/history'", ofTask),
            ("comment", $"{Stance} || '/comments'", "id > 0"),
            ("stance", Stance, "note IS NOT NULL"),
            ("stance_change", $"{Stance} || '/history'", "note IS NOT NULL OR reason IS NOT NULL"),
            ("co_sponsor", CoSponsor, "note IS NOT NULL"),
            ("co_sponsor_change", $"{CoSponsor} || '/history'", "note IS NOT NULL"),
        ];
    }

    // Every other column with free text; a test compares them with the schema. Of a resolution of the record, the texts are the
    // UN's. Nearly all are of records that every caller who may erase a contact can read. Of a view of another label that is not shared, a
    // coordinator sees the address alone, to ask its holder.
    internal static IEnumerable<(
        string Table,
        IReadOnlyList<string> Columns,
        string Address,
        string Condition
    )> PlainSources(Caller caller)
    {
        const string Request = "'/v1/sessions/' || session || '/requests/' || member_state";
        const string CouncilVote = "'/v1/sessions/' || session || '/council-vote'";
        const string Milestone = "'/v1/resolutions/' || resolution || '/milestones/' || CAST(id AS TEXT)";
        return
        [
            ("stance", ["evidence_url"], Stance, "evidence_url IS NOT NULL"),
            ("stance_change", ["evidence_url"], $"{Stance} || '/history'", "evidence_url IS NOT NULL"),
            ("milestone", ["what", "place", "note"], Milestone, "deleted_at IS NULL"),
            (
                "milestone_change c JOIN milestone m ON m.id = c.milestone",
                ["c.what", "c.place", "c.note"],
                "'/v1/resolutions/' || m.resolution || '/milestones/' || CAST(m.id AS TEXT) || '/history'",
                "m.deleted_at IS NULL"
            ),
            ("pressure", ["source", "note"], "'/v1/pressures/' || CAST(id AS TEXT)", "id > 0"),
            ("endorsement", ["organisation", "url"], "'/v1/endorsements/' || CAST(id AS TEXT)", "id > 0"),
            ("act", ["title", "url"], "'/v1/acts/' || CAST(id AS TEXT)", "id > 0"),
            ("ineligibility", ["note"], "'/v1/member-states/' || member_state || '/ineligibility'", "note IS NOT NULL"),
            ("session_request", ["document", "note"], Request, "note IS NOT NULL OR document IS NOT NULL"),
            (
                "session_request_change",
                ["document", "note"],
                $"{Request} || '/history'",
                "note IS NOT NULL OR document IS NOT NULL"
            ),
            ("session", ["subject", "called_by", "authority"], "'/v1/sessions/' || id", "id <> ''"),
            ("session_change", ["subject", "called_by", "authority"], "'/v1/sessions/' || session", "session <> ''"),
            ("council_vote", ["document"], CouncilVote, "document IS NOT NULL"),
            ("council_vote_change", ["document"], CouncilVote, "document IS NOT NULL"),
            ("council_veto", ["draft", "subject"], "'/v1/council-vetoes/' || CAST(id AS TEXT)", "id > 0"),
            ("resolution", ["symbol", "title", "record_url"], "'/v1/resolutions/' || id", "origin = 'user'"),
            (
                "resolution_change c JOIN resolution r ON r.id = c.resolution",
                ["c.symbol", "c.title", "c.record_url"],
                "'/v1/resolutions/' || r.id",
                "r.origin = 'user'"
            ),
            ("scenario", ["name"], "'/v1/resolutions/' || resolution || '/scenarios/' || name", "changes IS NOT NULL"),
            (
                "share_link",
                ["label"],
                "'/v1/resolutions/' || resolution || '/share-links'",
                caller.May(Right.ShareResolutions) ? "id <> ''" : "id IS NULL"
            ),
            ("webhook", ["url"], "'/v1/webhooks/' || id", caller.May(Right.ManageWebhooks) ? "id <> ''" : "id IS NULL"),
            (
                "saved_view",
                ["name", "filter"],
                "REPLACE('/v1/views/' || name || CASE WHEN label = @Label THEN '' ELSE '?by=' || label END, ' ', '%20')",
                caller.May(Right.SeePersonalData)
                    ? "filter IS NOT NULL"
                    : "filter IS NOT NULL AND (label = @Label OR shared)"
            ),
        ];
    }

    private static List<string> Decrypt(DbDataReader row, PersonalTexts encryption)
    {
        var texts = new List<string>();
        for (var i = 1; i < row.FieldCount; i++)
        {
            if (!row.IsDBNull(i))
            {
                texts.Add(encryption.Decrypt(row.GetString(i)));
            }
        }
        return texts;
    }
}
