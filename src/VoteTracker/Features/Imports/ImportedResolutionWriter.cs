using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Writes what was read of the Library's file, all of it in one transaction and so short that other writes hardly wait:
/// a text is a few rows, its names packed. A text that a user wrote is left as it is, except that the Library's roll call
/// counts before one that the campaign entered.
/// </summary>
internal static class ImportedResolutionWriter
{
    public static async Task<StoredResolutions> Handle(Write write, Caller caller, VotingDataFile file)
    {
        var kept = new StoredResolutions();
        await Sessions(write, file, kept);
        var stored = await StoredResolutionList.Load(write.Connection, file);
        var added = new List<ImportedResolution>();
        foreach (var text in file.Texts)
        {
            if (stored.Find(text) is not { } key)
            {
                added.Add(new ImportedResolution(text, write.Now, caller));
                continue;
            }
            var isReplaced = key.IsOfCampaign && text.Names is not null;
            var found = new ImportedResolution(text, write.Now, caller) { Id = key.Id };
            if (isReplaced)
            {
                kept.Replaced.Add(await Compare(write, found));
            }
            if (key.IsOfUser)
            {
                kept.LeftToUsers.Add(key.Id);
                if (isReplaced)
                {
                    await Replace(write, caller, found);
                }
            }
            else if (!isReplaced && key.Sha256 == text.Sha256)
            {
                kept.Unchanged++;
            }
            else
            {
                await Update(write, caller, found, key, isReplaced, kept);
            }
        }
        var version = await Incarnation.FindFirstVersion(write.Connection);
        await Add(write, [.. added.Select(text => text with { Version = version })]);
        kept.Added = added.Count;
        return kept;
    }

    private static async Task Sessions(Write write, VotingDataFile file, StoredResolutions kept)
    {
        foreach (var name in file.Texts.Select(t => t.Head.Session).Distinct())
        {
            kept.Sessions += await Session.Insert(write.Connection, Session.FromName(name));
        }
    }

    // Nobody can have seen any of them yet, so no tally is stale and nobody is told.
    private static async Task Add(Write write, List<ImportedResolution> inOrder)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, vote_on, visibility, record_url, origin,
                version, created_at, listed_at, changed_at, changed_by
            )
            VALUES (
                @Id, @Symbol, @Title, @Session, 'draft', @Rule, 'adopted', @Day, 'tally', @Url, 'import',
                @Version, @At, @ListedAt, @At, @By
            )
            """,
            inOrder
        );
        // What is found by its id is written by its id: pages are filled one after the other.
        var texts = inOrder.OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url
            )
            VALUES (
                @Id, @Version, @At, @By, @Rule, 'adopted', @Day, 'tally', @Symbol, @Title, @Session, 'draft', @Url
            )
            """,
            texts
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO change (at, by, by_key, kind, resolution, version)
            VALUES (@At, @By, @ByKey, 'resolution', @Id, @Version)
            """,
            inOrder
        );
        await AddRollCalls(write, texts);
        await AddRecords(write, texts);
    }

    private static Task AddRollCalls(Write write, IReadOnlyList<ImportedResolution> texts) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, source, changed_at, changed_by
            )
            VALUES (
                @Id, @Version, @Day, @HasNames, @Names, @Members, @Yes, @No, @Abstain, @NonVoting, 'library', @At, @By
            )
            """,
            texts
        );

    private static Task AddRecords(Write write, IReadOnlyList<ImportedResolution> texts) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO library_record (
                resolution, changed_at, record_id, draft, committee_report, meeting, agenda, subjects, note, sha256
            )
            VALUES (@Id, @At, @RecordId, @Draft, @CommitteeReport, @Meeting, @Agenda, @Subjects, @Note, @Sha256)
            ON CONFLICT (resolution, changed_at) DO UPDATE SET
                record_id = excluded.record_id, draft = excluded.draft, committee_report = excluded.committee_report,
                meeting = excluded.meeting, agenda = excluded.agenda, subjects = excluded.subjects,
                note = excluded.note, sha256 = excluded.sha256
            """,
            texts
        );

    // What came with the service was put together with more care (corrected totals, the rule of each vote): of that the
    // file changes the names alone, and adds what it says beside them.
    private static async Task Update(
        Write write,
        Caller caller,
        ImportedResolution text,
        StoredResolutionKey key,
        bool isReplaced,
        StoredResolutions kept
    )
    {
        var isShipped = key.Origin == "record";
        var standing = await StoredResolutionRow.Find(write.Connection, text.Id);
        var stands = isShipped ? text with { Names = text.Names ?? standing.Names } : text;
        var sameVote = !isReplaced && standing.IsSameVote(stands, namesAlone: isShipped);
        if (sameVote && (isShipped || standing.IsSameText(stands)))
        {
            await AddRecords(write, [stands with { At = write.Now }]);
            kept.Changed++;
            return;
        }
        var (version, at) = await ResolutionVersion.Raise(
            write,
            caller,
            sameVote ? ChangeKind.Resolution : ChangeKind.RollCall,
            text.Id
        );
        stands = stands with { Version = version, At = at };
        if (isShipped)
        {
            stands = stands with
            {
                Yes = standing.AnnouncedYes ?? stands.Yes,
                No = standing.AnnouncedNo ?? stands.No,
                Abstain = standing.AnnouncedAbstain ?? stands.Abstain,
                NonVoting = standing.AnnouncedNonVoting ?? stands.NonVoting,
            };
        }
        else
        {
            await write.Connection.ExecuteAsync(
                "UPDATE resolution SET symbol = @Symbol, title = @Title, session = @Session, rule = @Rule, record_url = @Url WHERE id = @Id",
                stands
            );
        }
        await write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET vote_on = @Day, origin = 'import', status = CASE WHEN @isReplaced THEN 'adopted' ELSE status END
            WHERE id = @Id
            """,
            new
            {
                stands.Id,
                stands.Day,
                isReplaced,
            }
        );
        await ResolutionVersion.SaveFields(write, text.Id);
        if (!sameVote)
        {
            await AddRollCalls(write, [stands]);
        }
        await AddRecords(write, [stands]);
        kept.Changed++;
    }

    // The text is the campaign's and stays so, with the symbol that the Assembly gave it; of its two roll calls, which are
    // both kept, the Library's counts.
    private static async Task Replace(Write write, Caller caller, ImportedResolution text)
    {
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.RollCall, text.Id);
        var counted = text with { Version = version, At = at };
        await AddRollCalls(write, [counted]);
        await AddRecords(write, [counted]);
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET status = 'adopted', vote_on = @Day, symbol = @Symbol WHERE id = @Id",
            counted
        );
        await ResolutionVersion.SaveFields(write, text.Id);
    }

    private static async Task<ReplacedRollCall> Compare(Write write, ImportedResolution text)
    {
        var entered = await write.Connection.QueryFirstAsync<EnteredRow>(
            """
            SELECT recorded_on, names
            FROM roll_call
            WHERE resolution = @Id AND removed_at IS NULL
            ORDER BY version DESC
            LIMIT 1
            """,
            new { text.Id }
        );
        return ReplacedRollCall.Create(text, entered.RecordedOn, entered.Names);
    }

    private sealed record EnteredRow
    {
        public DateOnly RecordedOn { get; init; }
        public string? Names { get; init; }
    }
}
