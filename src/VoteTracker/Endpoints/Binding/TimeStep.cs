using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// The length of a time step: `P1D`, `PT6H` (ISO 8601) or, shorter, `1d`, `6h`. Steps of whole days are days in New
/// York, even with 23 or 25 hours. Other steps begin at the start of a day there.
/// </summary>
internal readonly partial record struct TimeStep(int Days, TimeSpan Time)
{
    /// <summary>What is wrong with a text that is not a step.</summary>
    public const string Wrong =
        "must be a length of time such as P1D or PT6H (ISO 8601), or 1w, 1d, 6h, 15m, 30s; months and years have no fixed length";

    public static bool TryParse(string text, out TimeStep step)
    {
        step = default;
        var match = Iso().Match(text) is { Success: true } iso ? iso : Short().Match(text);
        if (!match.Success)
        {
            return false;
        }
        var days = 7 * Number(match, "weeks") + Number(match, "days");
        var time = new TimeSpan(Number(match, "hours"), Number(match, "minutes"), Number(match, "seconds"));
        step = time == TimeSpan.Zero ? new TimeStep(days, default) : new TimeStep(0, time + TimeSpan.FromDays(days));
        return step != default;
    }

    /// <summary>The number of the step that has a moment, counted from the start of the day of `origin`.</summary>
    public long IndexOf(DateTimeOffset moment, DateTimeOffset origin)
    {
        var first = NewYork.DayOf(origin);
        return Days > 0
            ? (NewYork.DayOf(moment).DayNumber - first.DayNumber) / Days
            : (moment - NewYork.StartOf(first)).Ticks / Time.Ticks;
    }

    private static int Number(Match match, string name) =>
        match.Groups[name] is { Success: true } group
            ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"^P(?=.)((?<weeks>\d{1,4})W)?((?<days>\d{1,4})D)?(T(?=.)((?<hours>\d{1,4})H)?((?<minutes>\d{1,4})M)?((?<seconds>\d{1,5})S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"^((?<weeks>\d{1,4})w|(?<days>\d{1,4})d|(?<hours>\d{1,4})h|(?<minutes>\d{1,4})m|(?<seconds>\d{1,5})s)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Short();
}
