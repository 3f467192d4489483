using System.Data.Common;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Resolutions;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Calendars;

/// <summary>Loads the calendar of a link.</summary>
internal sealed class CalendarLoader(TeamMembers members, TimeProvider clock)
{
    /// <summary>
    /// Loads what the link with this secret shows. Null if there is no such link, if it was revoked, if the key of its label
    /// is no longer valid, or if its resolution is not public.
    /// </summary>
    public async Task<CalendarContent?> Load(DbConnection connection, string secret, Language language)
    {
        if (await CalendarStore.FindBySecret(connection, secret) is not { } link)
        {
            return null;
        }
        var period = CalendarPeriod.Of(clock.GetUtcNow());
        var sequence = await CalendarSequence.Load(connection);
        if (EnumWord<CalendarKind>.Parse(link.Kind) == CalendarKind.Resolution)
        {
            return (await ResolutionAccess.Find(connection, link.Resolution!, Caller.Anonymous)).Resolution is { } shown
                ? new CalendarContent(
                    link.Id,
                    sequence.Database,
                    shown.Symbol ?? shown.Title,
                    IsPrivate: false,
                    Sort(await ResolutionEntries.List(connection, shown.Id, period, sequence, language))
                )
                : null;
        }
        // A new key of the same holder has the same label, and nobody else can get it.
        var team = await members.Load(connection, Caller.Anonymous);
        if (
            team.Members.FirstOrDefault(member => member.Label == link.Label) is not { } owner
            || !Rights.List(owner.Role).Contains(Right.UseCalendars)
        )
        {
            return null;
        }
        return new CalendarContent(
            link.Id,
            sequence.Database,
            language.Text("calendar.personal", ("label", owner.Label)),
            IsPrivate: true,
            Sort([
                .. await TaskEntries.List(connection, owner.Label, period, sequence, language),
                .. await ResolutionEntries.List(connection, resolution: null, period, sequence, language),
            ])
        );
    }

    private static IReadOnlyList<CalendarEntry> Sort(IReadOnlyList<CalendarEntry> entries) =>
        [.. entries.OrderBy(entry => entry.Day).ThenBy(entry => entry.Name, StringComparer.Ordinal)];
}
