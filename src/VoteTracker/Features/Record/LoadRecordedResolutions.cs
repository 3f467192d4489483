using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Record;

/// <summary>
/// Loads the votes of the Assembly's record: texts with their roll calls, or with the totals that were announced. A
/// text that a user wrote is left as it is.
/// </summary>
internal sealed class LoadRecordedResolutions(FactFiles files, ILogger<LoadRecordedResolutions> log)
{
    public async Task Handle(Write write)
    {
        var texts = files.Rows("resolutions.csv", RecordedResolution.Parse);
        var votes = files
            .Rows(
                "roll-calls.csv",
                csv =>
                    (
                        Resolution: csv.Text("resolution")!,
                        Name: new NamedVote(csv.Text("iso3")!, EnumWord<Vote>.Parse(csv.Text("vote")!))
                    )
            )
            .ToLookup(v => v.Resolution, v => v.Name, StringComparer.Ordinal);
        foreach (var text in texts)
        {
            await Load(write, text with { Names = PackedNames.Pack(votes[text.Id]) });
        }
        // An amendment stands before the text it belongs to, so parents are named when all are there.
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET parent = @Parent WHERE id = @Id AND origin = 'record'",
            texts
        );
    }

    private async Task Load(Write write, RecordedResolution text)
    {
        var standing = await write.Connection.QuerySingleOrDefaultAsync<StoredResolution>(
            """
            SELECT origin, symbol, title, kind, parent, rule, status, vote_on, record_url
            FROM resolution
            WHERE id = @Id
            """,
            new { text.Id }
        );
        if (standing is null)
        {
            await Insert(write, text);
            return;
        }
        if (standing.Origin != "record")
        {
            log.LogInformation("{Resolution} was written by a user; the newer facts about it are left aside.", text.Id);
            await CountLibrary(write, text);
            return;
        }
        var sameVote = await NewestRollCall(write, text.Id) == text.AsRollCall;
        if (standing == text.AsStanding && sameVote)
        {
            return;
        }
        var (version, at) = await ResolutionVersion.Raise(write, Caller.Record, ChangeKind.Resolution, text.Id);
        await write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET symbol = @Symbol, title = @Title, kind = @Kind, rule = @Rule, status = @Status,
                vote_on = @VotedOn, record_url = @Url, changed_by = 'record'
            WHERE id = @Id
            """,
            text
        );
        await ResolutionVersion.SaveFields(write, text.Id);
        if (!sameVote)
        {
            await InsertRollCall(write, text, version, at);
        }
    }

    // The text is the campaign's and stays so; of its two roll calls, which are both kept, the Library's counts.
    private static async Task CountLibrary(Write write, RecordedResolution text)
    {
        var entered = await write.Connection.ExecuteScalarAsync<long>(
            """
            SELECT COUNT(*) FROM roll_call c
            WHERE c.resolution = @Id AND c.source = 'campaign' AND c.removed_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM roll_call l WHERE l.resolution = @Id AND l.source = 'library'
            )
            """,
            new { text.Id }
        );
        if (entered == 0 || text.Names is null)
        {
            return;
        }
        var (version, at) = await ResolutionVersion.Raise(write, Caller.Record, ChangeKind.RollCall, text.Id);
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET status = @Status, vote_on = @VotedOn WHERE id = @Id",
            new
            {
                text.Id,
                text.Status,
                text.VotedOn,
            }
        );
        await ResolutionVersion.SaveFields(write, text.Id);
        await InsertRollCall(write, text, version, at);
    }

    private static async Task Insert(Write write, RecordedResolution text)
    {
        var version = await Incarnation.FindFirstVersion(write.Connection);
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, vote_on, visibility, record_url, origin,
                version, created_at, listed_at, changed_at, changed_by
            )
            VALUES (
                @Id, @Symbol, @Title, @Session, @Kind, @Rule, @Status, @VotedOn, 'tally', @Url, 'record',
                @version, @KnownFrom, @KnownFrom, @KnownFrom, 'record'
            )
            """,
            new
            {
                text.Id,
                version,
                text.Symbol,
                text.Title,
                text.Session,
                text.Kind,
                text.Rule,
                text.Status,
                text.VotedOn,
                text.Url,
                text.KnownFrom,
            }
        );
        await ResolutionVersion.Append(
            write,
            Caller.Record,
            ChangeKind.Resolution,
            text.Id,
            version,
            at: text.KnownFrom
        );
        await ResolutionVersion.SaveFields(write, text.Id);
        await InsertRollCall(write, text, version, text.KnownFrom);
    }

    private static async Task InsertRollCall(Write write, RecordedResolution text, long version, DateTimeOffset at)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, source, changed_at, changed_by
            )
            VALUES (
                @Id, @version, @VotedOn, @hasNames, @Names, @Members, @Yes, @No, @Abstain, @NonVoting, 'library', @at,
                'record'
            )
            """,
            new
            {
                text.Id,
                version,
                text.VotedOn,
                hasNames = text.Names is not null,
                text.Names,
                text.Members,
                text.Announced.Yes,
                text.Announced.No,
                text.Announced.Abstain,
                text.Announced.NonVoting,
                at,
            }
        );
    }

    private static Task<StoredRollCall?> NewestRollCall(Write write, string id) =>
        write.Connection.QueryFirstOrDefaultAsync<StoredRollCall>(
            """
            SELECT recorded_on, names, members, announced_yes, announced_no, announced_abstain, announced_non_voting
            FROM roll_call
            WHERE resolution = @id AND source = 'library'
            ORDER BY version DESC
            LIMIT 1
            """,
            new { id }
        );
}
