using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace VoteTracker.Features.Calendars;

/// <summary>Writes a calendar as iCalendar (RFC 5545). The same content has the same text.</summary>
internal static class CalendarText
{
    private const string Zone = "America/New_York";
    private const int HoursOfMeeting = 1;
    private const int MostOctets = 75;

    // The rules of daylight saving time since 2007 cover the period of every calendar.
    private static readonly DateTime FirstRule = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Writes the calendar.</summary>
    /// <param name="content">What it has.</param>
    /// <param name="address">The address of the service, with which the addresses of pages begin.</param>
    public static byte[] Write(CalendarContent content, string address)
    {
        var calendar = new Calendar { ProductId = "-//VoteTracker//Timetable//EN" };
        if (content.Entries.Any(entry => entry.Hour is not null))
        {
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone, FirstRule, includeHistoricalData: false));
        }
        calendar.AddProperty("X-WR-CALNAME", Clean(content.Title));
        calendar.AddProperty("NAME", Clean(content.Title));
        calendar.AddProperty("X-PUBLISHED-TTL", "PT15M");
        foreach (var entry in content.Entries)
        {
            calendar.Events.Add(ToEvent(entry, content, address));
        }
        return Encoding.UTF8.GetBytes(Fold(new CalendarSerializer().SerializeToString(calendar)!));
    }

    // A line has at most 75 octets (RFC 5545, section 3.1). The serializer folds between the halves of a character beyond
    // the first 65,536, which UTF-8 cannot contain.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n"))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MostOctets)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }
                folded.Append(rune);
                octets += rune.Utf8SequenceLength;
            }
            folded.Append("\r\n");
        }
        // The text ends with a line break already.
        return folded.ToString(0, folded.Length - 2);
    }

    private static CalendarEvent ToEvent(CalendarEntry entry, CalendarContent content, string address)
    {
        var changed = new CalDateTime(entry.ChangedAt.UtcDateTime);
        var found = new CalendarEvent
        {
            Uid = $"{entry.Name}@{content.Database}",
            Sequence = entry.Sequence,
            Summary = Clean(entry.Summary),
            // A day does not make its reader busy.
            Transparency = entry.Hour is null ? TransparencyType.Transparent : TransparencyType.Opaque,
            Status = entry.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            // It depends on the entry alone, so that the same state has the same bytes.
            DtStamp = changed,
            LastModified = changed,
        };
        if (entry.Hour is { } hour)
        {
            found.Start = new CalDateTime(entry.Day, hour, Zone);
            found.Duration = Duration.FromHours(HoursOfMeeting);
        }
        else
        {
            found.Start = new CalDateTime(entry.Day);
        }
        if (entry.Description is { Length: > 0 } description)
        {
            found.Description = Clean(description);
        }
        if (entry.Place is { } place)
        {
            found.Location = Clean(place);
        }
        if (entry.Path is { } path)
        {
            found.Url = new Uri($"{address}{path}");
        }
        if (content.IsPrivate)
        {
            found.Class = "PRIVATE";
        }
        return found;
    }

    // A text of a calendar has no control characters but tabs and line feeds (RFC 5545, section 3.1).
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            if (character is '\n' or '\t' || !char.IsControl(character))
            {
                clean.Append(character);
            }
        }
        return clean.ToString();
    }
}
