using System.Text;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>A calendar as a test reads it (RFC 5545).</summary>
internal sealed class IcsFile
{
    private IcsFile(string text, IReadOnlyList<IcsEvent> events) => (Text, Events) = (text, events);

    public string Text { get; }

    public IReadOnlyList<IcsEvent> Events { get; }

    /// <summary>The event whose UID begins with a name.</summary>
    public IcsEvent this[string name] =>
        Events
            .Where(e => e.Uid.StartsWith($"{name}@", StringComparison.Ordinal))
            .ShouldHaveSingleItem($"{name} in {Text}");

    /// <summary>The beginnings of the UIDs, in the order of the file.</summary>
    public IEnumerable<string> Names => Events.Select(e => e.Uid.Split('@')[0]);

    /// <summary>Reads a calendar, and checks its lines.</summary>
    public static IcsFile Parse(string text)
    {
        text.ShouldEndWith("END:VCALENDAR\r\n");
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\r");
        foreach (var line in text.Split("\r\n"))
        {
            Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75, line);
        }
        var events = new List<IcsEvent>();
        Dictionary<string, string>? current = null;
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line == "BEGIN:VEVENT")
            {
                current = new Dictionary<string, string>(StringComparer.Ordinal);
            }
            else if (line == "END:VEVENT")
            {
                events.Add(new IcsEvent(current!));
                current = null;
            }
            else if (current is not null)
            {
                current.Add(line[..colon], line[(colon + 1)..]);
            }
        }
        return new IcsFile(text, events);
    }
}

/// <summary>An event of a calendar: its properties with their parameters and values, as they are written.</summary>
internal sealed record IcsEvent(IReadOnlyDictionary<string, string> Properties)
{
    public string Uid => Properties["UID"];

    public int Sequence => int.Parse(Properties["SEQUENCE"], System.Globalization.CultureInfo.InvariantCulture);

    public string Status => Properties["STATUS"];

    public string Summary => Properties["SUMMARY"];

    /// <summary>The start with its parameters.</summary>
    public string Start =>
        Properties.Single(p => p.Key.StartsWith("DTSTART", StringComparison.Ordinal)) is var (name, value)
            ? $"{name["DTSTART".Length..].TrimStart(';')}:{value}"
            : "";
}
