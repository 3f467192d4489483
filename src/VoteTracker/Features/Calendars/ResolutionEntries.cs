using System.Data.Common;
using System.Globalization;
using Dapper;
using VoteTracker.Features.Milestones;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Calendars;

/// <summary>The milestones and the votes of resolutions, as entries of a calendar.</summary>
/// <remarks>
/// Over 200 lines because the vote is read from three tables: the resolution has its day, the history its former days, and
/// the milestone its hour and place.
/// </remarks>
internal sealed class ResolutionEntries
{
    private const int Most = 2_000;
    private const int MostResolutions = 500;

    private readonly bool _isPublic;
    private readonly CalendarSequence _sequence;
    private readonly Language _language;
    private readonly ILookup<string, EntryFields> _fields;

    private ResolutionEntries(
        bool isPublic,
        CalendarSequence sequence,
        Language language,
        ILookup<string, EntryFields> fields
    ) => (_isPublic, _sequence, _language, _fields) = (isPublic, sequence, language, fields);

    /// <summary>Lists the entries of all resolutions, or of one with what is public.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="resolution">The id of the only resolution, with what is public of it; null for all of all.</param>
    /// <param name="period">The days.</param>
    /// <param name="sequence">Numbers the entries.</param>
    /// <param name="language">The language of the texts.</param>
    public static async Task<IReadOnlyList<CalendarEntry>> List(
        DbConnection connection,
        string? resolution,
        CalendarPeriod period,
        CalendarSequence sequence,
        Language language
    )
    {
        var rows = (
            await connection.QueryAsync<EntryResolution>(
                $"""
                SELECT r.id, r.symbol, r.title, r.status, r.vote_on, r.created_at
                FROM resolution r
                WHERE {(
                    resolution is null
                        ? """
                        EXISTS (SELECT 1 FROM milestone m WHERE m.resolution = r.id AND m.planned_on >= @FirstDay)
                        OR (r.origin = 'user' AND EXISTS (
                            SELECT 1 FROM resolution_change c WHERE c.resolution = r.id AND c.vote_on >= @FirstDay
                        ))
                        """
                        : "r.id = @resolution"
                )}
                ORDER BY r.ordinal DESC
                LIMIT @MostResolutions
                """,
                new
                {
                    resolution,
                    period.FirstDay,
                    MostResolutions,
                }
            )
        ).ToList();
        if (rows.Count == 0)
        {
            return [];
        }
        var range = new
        {
            ids = rows.Select(row => row.Id).ToList(),
            period.FirstDay,
            Most,
        };
        var fields = await connection.QueryAsync<EntryFields>(
            """
            SELECT resolution, changed_at, vote_on
            FROM resolution_change
            WHERE resolution IN @ids
            ORDER BY resolution, version
            """,
            range
        );
        var milestones = (
            await connection.QueryAsync<EntryMilestone>(
                """
                SELECT
                    m.id, m.resolution, m.kind, m.what, m.planned_on, m.planned_at, m.place, m.done_on, m.is_public,
                    m.was_public, m.version, m.changed_at, m.deleted_at
                FROM milestone m
                WHERE m.resolution IN @ids AND (m.planned_on >= @FirstDay OR m.kind = 'vote')
                ORDER BY m.planned_on, m.id
                LIMIT @Most
                """,
                range
            )
        ).ToList();
        var entries = new ResolutionEntries(
            resolution is not null,
            sequence,
            language,
            fields.ToLookup(row => row.Resolution, StringComparer.Ordinal)
        );
        var votes = milestones.Where(row => row.IsVote).ToLookup(row => row.Resolution, StringComparer.Ordinal);
        var byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        return
        [
            .. milestones
                .Where(row => !row.IsVote)
                .Select(row => entries.Show(byId[row.Resolution], row, period))
                .OfType<CalendarEntry>(),
            .. rows.Select(row => entries.ShowVote(row, [.. votes[row.Id]], period)).OfType<CalendarEntry>(),
        ];
    }

    private CalendarEntry? Show(EntryResolution resolution, EntryMilestone row, CalendarPeriod period)
    {
        var isGone = row.DeletedAt is not null || (_isPublic && !row.IsPublic);
        // Readers of a public calendar that never had it do not learn of it.
        if (isGone && (row.ChangedAt < period.CancelledSince || (_isPublic && !row.WasPublic)))
        {
            return null;
        }
        var entry = Entry(
            resolution,
            string.Create(CultureInfo.InvariantCulture, $"milestone-{row.Id}"),
            row.PlannedOn,
            _sequence.ChangesUntil(row.Version),
            row.ChangedAt
        );
        return isGone
            ? entry with
            {
                Summary = _language.Text("calendar.deleted"),
                IsCancelled = true,
            }
            : Fill(resolution, entry, row);
    }

    // Its name stays the same with and without a milestone.
    private CalendarEntry? ShowVote(EntryResolution resolution, List<EntryMilestone> all, CalendarPeriod period)
    {
        var fields = _fields[resolution.Id].ToList();
        var milestone = all.Find(row => row.DeletedAt is null && (!_isPublic || row.IsPublic));
        var entry = Entry(
            resolution,
            $"vote-{resolution.Id}",
            resolution.VoteOn ?? fields.LastOrDefault(row => row.VoteOn is not null)?.VoteOn ?? DateOnly.MinValue,
            all.Sum(row => _sequence.ChangesUntil(row.Version) + 1),
            all.Count == 0 ? resolution.CreatedAt : all.Max(row => row.ChangedAt)
        );
        if (entry.Day < period.FirstDay)
        {
            return null;
        }
        if (resolution.VoteOn is null)
        {
            return entry.ChangedAt < period.CancelledSince
                ? null
                : entry with
                {
                    Summary = _language.Text("calendar.deleted"),
                    IsCancelled = true,
                };
        }
        return milestone is null
            ? entry with
            {
                Summary = Summarize(resolution, _language.Word(MilestoneKind.Vote), IsOver(resolution)),
                Description = resolution.Symbol is null ? null : resolution.Title,
                IsCancelled = IsWithdrawn(resolution),
            }
            : Fill(resolution, entry, milestone);
    }

    private CalendarEntry Fill(EntryResolution resolution, CalendarEntry entry, EntryMilestone row)
    {
        var kind = EnumWord<MilestoneKind>.Parse(row.Kind);
        string?[] lines =
        [
            kind == MilestoneKind.Other ? null : _language.Word(kind),
            resolution.Symbol is null ? null : resolution.Title,
        ];
        return entry with
        {
            Hour = ReadHour(row.PlannedAt),
            Summary = Summarize(resolution, row.What, row.DoneOn is not null),
            Description = string.Join('\n', lines.OfType<string>()),
            Place = row.Place,
            IsCancelled = row.DoneOn is null && IsWithdrawn(resolution),
        };
    }

    private CalendarEntry Entry(
        EntryResolution resolution,
        string name,
        DateOnly day,
        long changes,
        DateTimeOffset changedAt
    )
    {
        var fields = _fields[resolution.Id].ToList();
        var fieldsAt = fields.Count == 0 ? changedAt : fields.Max(row => row.ChangedAt);
        return new CalendarEntry
        {
            Name = name,
            // An entry shows the symbol and the title too.
            Sequence = _sequence.NumberOf(changes + Math.Max(0, fields.Count - 1)),
            Day = day,
            Summary = "",
            Path = _isPublic ? $"/resolutions/{resolution.Id}" : $"/desk/{resolution.Id}",
            ChangedAt = fieldsAt > changedAt ? fieldsAt : changedAt,
        };
    }

    private static string Summarize(EntryResolution resolution, string what, bool isDone)
    {
        var text = $"{resolution.Symbol ?? resolution.Title}: {what}";
        return isDone ? CalendarPeriod.Done(text) : text;
    }

    private static bool IsOver(EntryResolution resolution) =>
        VoteMilestone.DoneOn(EnumWord<ResolutionStatus>.Parse(resolution.Status), default) is not null;

    private static bool IsWithdrawn(EntryResolution resolution) =>
        EnumWord<ResolutionStatus>.Parse(resolution.Status) == ResolutionStatus.Withdrawn;

    private static TimeOnly? ReadHour(string? hour) =>
        hour is null ? null : TimeOnly.ParseExact(hour, "HH:mm", CultureInfo.InvariantCulture);
}
