using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// A moment that has passed, as a reader names it in `since` and `from`: a moment, a day, or a length of time back from now.
/// </summary>
/// <remarks>
/// A day means its first moment in New York. A length has the unit `h` or `d`; a day of it is 24 hours, also when a clock
/// changes. Minutes and months have no letter here, because `m` would be both.
/// </remarks>
internal static partial class PastMoment
{
    /// <summary>The largest number of days back from now: ten years.</summary>
    public const int MostDays = 3_660;

    /// <summary>The largest number of hours back from now: as long as <see cref="MostDays"/>.</summary>
    public const int MostHours = MostDays * 24;

    /// <summary>The forms, for descriptions of parameters.</summary>
    public const string Forms =
        "A moment, a day (its first moment in New York), or a length of time back from now: `24h`, `7d`.";

    /// <summary>The forms of a day, for descriptions of parameters.</summary>
    public const string FormsOfDay =
        "A day in New York, a moment (its day there), or a length of time back from now: `24h`, `7d`.";

    private static readonly string Wrong = string.Create(
        CultureInfo.InvariantCulture,
        $"must be a moment with its offset such as 2026-11-21T22:10:00Z, a day such as 2026-11-21, or a length of time back from now such as 24h (1h to {MostHours}h) or 7d (1d to {MostDays}d)"
    );

    /// <summary>
    /// Parses a value of a query string. Otherwise `problem` is what is wrong with it. A moment up to
    /// <see cref="PastMomentParameter.Tolerance"/> in the future means now.
    /// </summary>
    public static bool TryParse(
        string text,
        DateTimeOffset now,
        out DateTimeOffset moment,
        [NotNullWhen(false)] out string? problem
    )
    {
        problem = null;
        if (TryParseLength(text, out var length))
        {
            moment = now - length;
            return true;
        }
        var isDay = IsDay(text, out var day);
        if (isDay)
        {
            moment = NewYork.StartOf(day);
        }
        else if (!Moments.TryParseQuery(text, out moment))
        {
            problem = $"{Wrong}; found {SafeText.Quote(text)}";
            return false;
        }
        if (moment - now > PastMomentParameter.Tolerance)
        {
            problem = DescribeFuture(text, now, isDay ? moment : null);
            return false;
        }
        moment = moment > now ? now : moment;
        return true;
    }

    /// <summary>What is wrong with a moment in the future; `start` is the start of the day if the text is a day.</summary>
    public static string DescribeFuture(string text, DateTimeOffset now, DateTimeOffset? start = null)
    {
        var begins = start is { } moment ? $", which begins at {Moments.Text(moment)} in New York" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"must not be more than {PastMomentParameter.Tolerance.TotalSeconds} seconds in the future; found {SafeText.Quote(text)}{begins}, and the time is {Moments.Text(now)}"
        );
    }

    /// <summary>
    /// Parses a value of a query string as the day in New York that it means. Otherwise `problem` is what is wrong with it. The
    /// day can be in the future, because a list by days can have one.
    /// </summary>
    public static bool TryParseDay(
        string text,
        DateTimeOffset now,
        out DateOnly day,
        [NotNullWhen(false)] out string? problem
    )
    {
        problem = null;
        if (TryParseLength(text, out var length))
        {
            day = NewYork.DayOf(now - length);
        }
        else if (!IsDay(text, out day))
        {
            if (Moments.TryParseQuery(text, out var moment))
            {
                day = NewYork.DayOf(moment);
            }
            else
            {
                problem = $"{Wrong}; found {SafeText.Quote(text)}";
            }
        }
        return problem is null;
    }

    private static bool IsDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static bool TryParseLength(string text, out TimeSpan length)
    {
        length = default;
        if (Length().Match(text) is not { Success: true } match)
        {
            return false;
        }
        var number = int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (most, unit) = match.Groups["unit"].Value == "h" ? (MostHours, 1) : (MostDays, 24);
        length = TimeSpan.FromHours(number * unit);
        return number <= most;
    }

    [GeneratedRegex(
        @"^(?<number>[1-9][0-9]{0,4})(?<unit>[hd])\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Length();
}
