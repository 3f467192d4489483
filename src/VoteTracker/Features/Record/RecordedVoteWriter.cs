using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Record;

/// <summary>Writes resolutions with their recorded votes, in the transaction of the caller.</summary>
internal static class RecordedVoteWriter
{
    /// <summary>
    /// Inserts new resolutions. No tally of them is cached yet, so no listener is notified: an import adds thousands.
    /// </summary>
    public static async Task Insert(Write write, IReadOnlyList<RecordedResolution> resolutions)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, vote_on, visibility, record_url, origin,
                version, created_at, listed_at, changed_at, changed_by
            )
            VALUES (
                @Id, @Symbol, @Title, @Session, @Kind, @Rule, @Status, @VotedOn, 'tally', @Url, @Origin,
                @Version, @At, @ListedAt, @At, @By
            )
            """,
            resolutions
        );
        // These tables are keyed by id: in that order, pages are filled one after the other.
        var byId = resolutions.OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url
            )
            VALUES (
                @Id, @Version, @At, @By, @Rule, @Status, @VotedOn, 'tally', @Symbol, @Title, @Session, @Kind, @Url
            )
            """,
            byId
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO change (at, by, by_key, kind, resolution, version)
            VALUES (@At, @By, @ByKey, 'resolution', @Id, @Version)
            """,
            resolutions
        );
        await InsertRollCalls(write, byId);
        await SaveDetails(write, byId);
    }

    /// <summary>
    /// Updates a resolution that no user changed, and inserts its roll call if that is new. Returns false if the database
    /// has the same already.
    /// </summary>
    /// <param name="write">The transaction.</param>
    /// <param name="caller">The caller that the change is attributed to.</param>
    /// <param name="stored">The resolution in the database.</param>
    /// <param name="resolution">The new state.</param>
    /// <param name="isNewVote">Whether the roll call is inserted even if it is the same.</param>
    public static async Task<bool> Update(
        Write write,
        Caller caller,
        StoredRecord stored,
        RecordedResolution resolution,
        bool isNewVote = false
    )
    {
        var hasVote = !isNewVote && stored.HasVoteOf(resolution);
        if (hasVote && stored.HasFieldsOf(resolution))
        {
            await SaveDetails(write, [resolution with { At = write.Now }]);
            return false;
        }
        var kind = hasVote ? ChangeKind.Resolution : ChangeKind.RollCall;
        var (version, at) = await ResolutionVersion.Raise(write, caller, kind, resolution.Id);
        var changed = resolution with { Version = version, At = at };
        // The parent is written once all resolutions are there. The change made the origin `user`.
        await write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET symbol = @Symbol, title = @Title, session = @Session, kind = @Kind, rule = @Rule, status = @Status,
                vote_on = @VotedOn, record_url = @Url, origin = @Origin
            WHERE id = @Id
            """,
            changed
        );
        await ResolutionVersion.SaveFields(write, resolution.Id);
        if (!hasVote)
        {
            await InsertRollCalls(write, [changed]);
        }
        await SaveDetails(write, [changed]);
        return true;
    }

    /// <summary>
    /// Inserts the roll call of the UN's record for a resolution that a user wrote. The campaign's roll call is kept, and
    /// the UN's counts. Of the resolution, only the status, the day and a known symbol change.
    /// </summary>
    public static async Task InsertBesideCampaign(Write write, Caller caller, RecordedResolution resolution)
    {
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.RollCall, resolution.Id);
        var changed = resolution with { Version = version, At = at };
        await InsertRollCalls(write, [changed]);
        await SaveDetails(write, [changed]);
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET status = @Status, vote_on = @VotedOn, symbol = COALESCE(@Symbol, symbol) WHERE id = @Id",
            changed
        );
        await ResolutionVersion.SaveFields(write, resolution.Id);
    }

    private static Task InsertRollCalls(Write write, IReadOnlyList<RecordedResolution> resolutions) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, source, changed_at, changed_by
            )
            VALUES (
                @Id, @Version, @VotedOn, @HasNames, @Names, @Members, @Yes, @No, @Abstain, @NonVoting, 'library', @At, @By
            )
            """,
            resolutions
        );

    private static async Task SaveDetails(Write write, IReadOnlyList<RecordedResolution> resolutions)
    {
        var rows = (
            from resolution in resolutions
            let details = resolution.Details
            where details is not null
            select new
            {
                resolution.Id,
                resolution.At,
                details.RecordId,
                details.Draft,
                details.CommitteeReport,
                details.Meeting,
                details.Agenda,
                details.Subjects,
                details.Note,
                details.Sha256,
            }
        ).ToList();
        await write.Connection.ExecuteAsync(
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
            rows
        );
    }
}
