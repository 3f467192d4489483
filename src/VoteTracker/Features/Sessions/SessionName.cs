using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Features.Sessions;

/// <summary>
/// The name of a session in documents: `78`, `S-10` for a special, `ES-10` for an emergency special session; the first
/// ones also with Roman numbers.
/// </summary>
internal sealed partial record SessionName
{
    // Up to 39: no session with a Roman number came further.
    private static readonly string[] Romans =
    [
        .. from tens in (string[])["", "X", "XX", "XXX"]
        from ones in (string[])["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        select tens + ones,
    ];

    public required string Id { get; init; }
    public required int Number { get; init; }
    public required bool Emergency { get; init; }
    public required bool Special { get; init; }

    public bool Regular => !Emergency && !Special;

    /// <summary>What a session is about of which nothing else is known.</summary>
    public string Subject =>
        Emergency ? "Emergency special session"
        : Special ? "Special session"
        : "Regular session";

    /// <summary>The name of a regular session.</summary>
    public static SessionName OfNumber(int number) =>
        new()
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Number = number,
            Emergency = false,
            Special = false,
        };

    /// <summary>Parses a name; null if it is not one.</summary>
    public static SessionName? Parse(string text)
    {
        var match = Written().Match(text);
        if (!match.Success || NumberOf(match.Groups["number"].Value) is not (> 0 and var number))
        {
            return null;
        }
        var kind = match.Groups["kind"].Value.ToLowerInvariant();
        return new SessionName
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{kind}{(kind.Length == 0 ? "" : "-")}{number}"),
            Number = number,
            Emergency = kind == "es",
            Special = kind == "s",
        };
    }

    /// <summary>
    /// The session that a document symbol names: A/81/L.5 and A/C.1/81/L.5 name 81, A/ES-11/L.1 es-11, A/RES/78/1 78,
    /// A/RES/377(V) 5; null if it names none.
    /// </summary>
    public static SessionName? OfSymbol(string symbol) =>
        InSymbol().Match(symbol) is { Success: true } match ? Parse(match.Groups["session"].Value) : null;

    private static int NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Array.IndexOf(Romans, text.ToUpperInvariant());

    [GeneratedRegex(
        @"^((?<kind>ES|S)-?)?(?<number>[0-9]{1,3}|[IVX]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Written();

    // The first part that is a session, after the body that issued the document; of old resolutions, the part in brackets.
    [GeneratedRegex(
        @"^A/(([A-Z]+|C\.[1-6])/)*((?<session>(E?S-)?[0-9]{1,3})(/|\z)|[0-9]+ ?[A-Z]? ?\((?<session>(E?S-)?[IVX]+)\))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex InSymbol();
}
