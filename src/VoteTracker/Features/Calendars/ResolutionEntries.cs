using System.Data.Common;
using System.Globalization;
using VoteTracker.Features.Milestones;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Calendars;

/// <summary>The milestones and the votes of resolutions, as entries of a calendar.</summary>
internal sealed class ResolutionEntries
{
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
        var isPublic = resolution is not null;
        var rows = await EntryStore.ListResolutions(connection, resolution, period);
        if (rows.Count == 0)
        {
            return [];
        }
        var ids = rows.Select(row => row.Id).ToList();
        var fields = await EntryStore.ListFields(connection, ids);
        var steps = await EntryStore.ListSteps(connection, ids, isPublic, period);
        var votes = (await EntryStore.ListVotes(connection, ids, isPublic)).ToLookup(
            row => row.Resolution,
            StringComparer.Ordinal
        );
        var entries = new ResolutionEntries(
            isPublic,
            sequence,
            language,
            fields.ToLookup(row => row.Resolution, StringComparer.Ordinal)
        );
        var byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        return
        [
            .. steps.Select(row => entries.Show(byId[row.Resolution], row)),
            .. rows.Select(row => entries.ShowVote(row, [.. votes[row.Id]], period)).OfType<CalendarEntry>(),
        ];
    }

    private CalendarEntry Show(EntryResolution resolution, EntryMilestone row)
    {
        var entry = Entry(
            resolution,
            string.Create(CultureInfo.InvariantCulture, $"milestone-{row.Id}"),
            row.PlannedOn,
            _sequence.ChangesUntil(row.Version),
            row.ChangedAt
        );
        return row.IsGone
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
        var milestone = all.Find(row => !row.IsGone);
        var entry = Entry(
            resolution,
            $"vote-{resolution.Id}",
            resolution.VoteOn
                ?? ListSeen(resolution).LastOrDefault(row => row.VoteOn is not null)?.VoteOn
                ?? DateOnly.MinValue,
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
        var shown = _isPublic ? fields.Count(row => !row.IsPrivate) : fields.Count;
        // A resolution that gets the id of a deleted one continues its versions.
        var before = fields.Count == 0 ? 0 : _sequence.ChangesUntil(fields[0].Version);
        return new CalendarEntry
        {
            Name = name,
            // An entry shows the symbol and the title too.
            Sequence = _sequence.NumberOf(changes + before + Math.Max(0, shown - 1)),
            Day = day,
            Summary = "",
            Path = _isPublic ? $"/resolutions/{resolution.Id}" : $"/desk/{resolution.Id}",
            ChangedAt = fieldsAt > changedAt ? fieldsAt : changedAt,
        };
    }

    // The fields that readers have seen: without a key, those since the resolution is public.
    private IEnumerable<EntryFields> ListSeen(EntryResolution resolution) =>
        _isPublic
            ? _fields[resolution.Id].Reverse().TakeWhile(row => !row.IsPrivate).Reverse()
            : _fields[resolution.Id];

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
