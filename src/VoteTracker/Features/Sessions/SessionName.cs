using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Features.Sessions;

/// <summary>
/// The name of a session in documents: `78`, `S-10` for a special, `ES-10` for an emergency special session. Early
/// documents also have Roman numbers.
/// </summary>
internal sealed partial record SessionName
{
    // Up to 39: Roman numbers were not used for later sessions.
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

    /// <summary>The subject of a session if no other is known.</summary>
    public string Subject =>
        Emergency ? "Emergency special session"
        : Special ? "Special session"
        : "Regular session";

    /// <summary>Creates the name of a regular session from its number.</summary>
    public static SessionName FromNumber(int number) =>
        new()
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Number = number,
            Emergency = false,
            Special = false,
        };

    /// <summary>Parses a name; null if the text is not one.</summary>
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
    /// The session in a document symbol: 81 in A/81/L.5 and A/C.1/81/L.5, es-11 in A/ES-11/L.1, 78 in A/RES/78/1, 5 in
    /// A/RES/377(V). Null if it has none.
    /// </summary>
    public static SessionName? FromSymbol(string symbol) =>
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

    // The session follows the body that issued the document; in old symbols it is in brackets.
    [GeneratedRegex(
        @"^A/(([A-Z]+|C\.[1-6])/)*((?<session>(E?S-)?[0-9]{1,3})(/|\z)|[0-9]+ ?[A-Z]? ?\((?<session>(E?S-)?[IVX]+)\))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex InSymbol();
}
