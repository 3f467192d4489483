using System.Globalization;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Moments in requests and responses: RFC 3339, so a date, a time and an offset. A date alone is not a moment, because it
/// does not say in which time zone it begins.
/// </summary>
/// <remarks>
/// As RFC 3339 allows, `t` and `z` may be lower-case, a blank may separate date and time, and seconds may have any number
/// of decimals; those beyond microseconds are cut off. Seconds may be missing. A leap second (`:60`) is not a moment here.
/// </remarks>
internal static partial class Moments
{
    private const int MostDecimals = 6;

    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>What is wrong with a text that is not a moment.</summary>
    public static string Wrong(string found) => Describe(SafeText.Quote(found));

    /// <summary>What is wrong with a value that is not a moment; `shown` describes the value.</summary>
    public static string Describe(string shown) =>
        $"must be a moment with its offset (RFC 3339), such as 2026-11-21T22:10:00Z; found {shown}";

    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || Shape().Match(text) is not { Success: true } match)
        {
            return false;
        }
        var decimals = match.Groups["decimals"];
        var excess = Math.Max(0, decimals.Length - MostDecimals);
        return DateTimeOffset.TryParse(
            text.Remove(decimals.Index + decimals.Length - excess, excess).ToUpperInvariant(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.RoundtripKind,
            out moment
        );
    }

    /// <summary>Parses a value of a query string, in which a plus that was not percent-encoded arrives as a blank.</summary>
    public static bool TryParseQuery(string text, out DateTimeOffset moment)
    {
        var sign = text.Length - "+hh:mm".Length;
        return TryParse(sign > 0 && text[sign] == ' ' ? $"{text[..sign]}+{text[(sign + 1)..]}" : text, out moment);
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.(?<decimals>[0-9]+))?)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Shape();
}
