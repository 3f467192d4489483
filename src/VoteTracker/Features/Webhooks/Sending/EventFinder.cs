using System.Data.Common;
using Dapper;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// Finds the events of changes, in the order of the feed. The count of a resolution is compared before and after each moment
/// at which it changed: the changes of one moment are one change, as in the timeline.
/// </summary>
/// <remarks>Over 200 lines because what a page of changes has, and what is remembered of it, decide together which events it is.</remarks>
internal sealed class EventFinder(ReferenceData referenceData, EventText text)
{
    /// <summary>
    /// The most changes that are read at once, or those of one moment if they are more. It bounds the transaction that writes
    /// their events.
    /// </summary>
    public const int MostChanges = 100;

    // More resolutions than change at the same time.
    private const int MostRemembered = 500;

    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    private readonly Dictionary<string, Standings> _last = new(StringComparer.Ordinal);

    /// <summary>Forgets the counts of earlier changes. Called if changes were left out, or come from another database.</summary>
    public void Clear() => _last.Clear();

    /// <summary>Finds the events after a place in the feed, and the place up to which the changes were read.</summary>
    /// <param name="connection">A connection that reads one snapshot.</param>
    /// <param name="after">The place in the feed.</param>
    /// <param name="until">The place up to which changes are read: the webhooks at this place are known.</param>
    /// <param name="countsTallies">Whether a webhook wants events that depend on the count.</param>
    public async Task<(IReadOnlyList<OutgoingEvent> Events, long Seq)> Find(
        DbConnection connection,
        long after,
        long until,
        bool countsTallies
    )
    {
        var (rows, isLast) = await ListRows(connection, after, until);
        var events = new List<OutgoingEvent>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            events.AddRange(await FindOfRow(connection, row));
            if (countsTallies && row.IsCounted && !HasMoreOfMoment(rows, i))
            {
                events.AddRange(await FindOfCount(connection, row));
            }
        }
        return (events, isLast ? until : rows[^1].Seq);
    }

    // A page ends with a moment. Otherwise the count before and after that moment could be compared twice.
    private static async Task<(List<ChangeRow> Rows, bool IsLast)> ListRows(
        DbConnection connection,
        long after,
        long until
    )
    {
        var rows = new List<ChangeRow>();
        while (true)
        {
            var page = await connection.QueryAsync<ChangeRow>(
                ChangeRow.Select,
                new
                {
                    after = rows.Count == 0 ? after : rows[^1].Seq,
                    until,
                    limit = MostChanges,
                }
            );
            var count = rows.Count;
            rows.AddRange(page);
            if (rows.Count - count < MostChanges)
            {
                break;
            }
            if (rows[0].At != rows[^1].At)
            {
                return (rows.TakeWhile(row => row.At != rows[^1].At).ToList(), false);
            }
        }
        return (rows, true);
    }

    /// <summary>Lists the tasks that became overdue: due on one of these days and open.</summary>
    public async Task<IReadOnlyList<OutgoingEvent>> FindOverdue(DbConnection connection, DateOnly from, DateOnly until)
    {
        var tasks = await connection.QueryAsync<TaskRow>(
            """
            SELECT t.id, t.resolution, t.due_on, CASE WHEN e.confidential THEN NULL ELSE t.member_state END AS member_state
            FROM task t
            LEFT JOIN engagement e ON e.id = t.engagement
            WHERE t.sort_on >= @from AND t.sort_on < @until AND t.done_on IS NULL
            ORDER BY t.sort_on, t.id
            """,
            new { from, until }
        );
        return
        [
            .. tasks.Select(task =>
                text.TaskOverdue(task.Id, task.Resolution, task.MemberState, NewYork.StartOf(task.DueOn.AddDays(1)))
            ),
        ];
    }

    // A list of stances is imported in one write: all of its changes have one moment, and nobody sees a count between them.
    private static bool HasMoreOfMoment(List<ChangeRow> rows, int index) =>
        rows.Skip(index + 1)
            .TakeWhile(later => later.At == rows[index].At)
            .Any(later => later.IsCounted && later.Resolution == rows[index].Resolution);

    private async Task<IEnumerable<OutgoingEvent>> FindOfRow(DbConnection connection, ChangeRow row) =>
        row.Kind switch
        {
            "stance" => [text.StanceChanged(row)],
            "co-sponsor" when row.IsSignature => [text.CoSponsorSigned(row)],
            "comment" => await FindMention(connection, row),
            "session" => await FindSession(connection, row),
            _ => [],
        };

    // A deletion is a change too, and finds no comment.
    private async Task<IEnumerable<OutgoingEvent>> FindMention(DbConnection connection, ChangeRow row) =>
        (
            await connection.QueryAsync<long>(
                """
                SELECT c.id
                FROM comment c
                WHERE c.resolution = @Resolution AND c.member_state = @MemberState AND c.change = @Seq
                    AND EXISTS (SELECT 1 FROM comment_mention m WHERE m.comment = c.id)
                """,
                row
            )
        ).Select(id => text.MentionCreated(row, id));

    private async Task<IEnumerable<OutgoingEvent>> FindSession(DbConnection connection, ChangeRow row) =>
        (
            await connection.QueryAsync<string>(
                """
                SELECT s.session
                FROM change c
                JOIN session_change s ON s.session = c.session AND s.version = c.version
                WHERE c.seq = @Seq AND s.convenes
                """,
                new { row.Seq }
            )
        ).Select(session => text.SessionConvened(row, session));

    private async Task<IReadOnlyList<OutgoingEvent>> FindOfCount(DbConnection connection, ChangeRow row)
    {
        var id = row.Resolution!;
        if (await IsOpening(connection, row))
        {
            _last.Remove(id);
            return [];
        }
        // A date alone can change which members may vote. It raises no event, so a count of another day is not compared.
        var before =
            _last.TryGetValue(id, out var last) && NewYork.DayOf(last.AsOf) == NewYork.DayOf(row.At - Moment)
                ? last
                : await StateReader.LoadAsOf(connection, referenceData, id, row.At - Moment);
        var after = await StateReader.LoadAsOf(connection, referenceData, id, row.At);
        if (after is null)
        {
            // It was deleted.
            _last.Remove(id);
            return [];
        }
        if (_last.Count >= MostRemembered)
        {
            _last.Clear();
        }
        _last[id] = after;
        return before is null ? [] : [.. Compare(row with { Version = after.Version }, before, after)];
    }

    private IEnumerable<OutgoingEvent> Compare(ChangeRow row, Standings before, Standings after)
    {
        if (before.Basis == Basis.Stances && after.Basis is Basis.RecordedVotes or Basis.Announced)
        {
            yield return text.ResolutionVoted(row, after);
            yield break;
        }
        var (from, to) = (Tally.FromStandings(before), Tally.FromStandings(after));
        if (Crossings.Between(from, to) is { } crossing)
        {
            yield return text.ThresholdCrossed(row, after, crossing);
        }
        if (
            before.Basis == Basis.Stances
            && after.Basis == Basis.Stances
            && to.Outlook is { } outlook
            && from.Outlook is not null
            && from.Outlook != outlook
        )
        {
            yield return text.OutlookChanged(row, after, outlook);
        }
    }

    // The opening has no state before it, also if an earlier resolution had the same id.
    private static async Task<bool> IsOpening(DbConnection connection, ChangeRow row) =>
        row.Kind == "resolution"
        && await connection.ExecuteScalarAsync<long?>(
            "SELECT MIN(version) FROM resolution_change WHERE resolution = @Resolution",
            new { row.Resolution }
        ) == row.Version;

    private sealed record TaskRow
    {
        public long Id { get; init; }
        public string? Resolution { get; init; }
        public DateOnly DueOn { get; init; }
        public string? MemberState { get; init; }
    }
}
