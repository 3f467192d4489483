using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Features.Imports;

/// <summary>A session as the Library writes it: `78`, `S-10`, `ES-10`; of the first ones also with Roman numbers.</summary>
internal sealed partial record LibrarySession
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
    public required string Subject { get; init; }

    /// <summary>The session of a text; null where it is none.</summary>
    public static LibrarySession? Of(string text)
    {
        var match = Written().Match(text);
        if (!match.Success || NumberOf(match.Groups["number"].Value) is not (> 0 and var number))
        {
            return null;
        }
        var kind = match.Groups["kind"].Value.ToLowerInvariant();
        return new LibrarySession
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{kind}{(kind.Length == 0 ? "" : "-")}{number}"),
            Number = number,
            Emergency = kind == "es",
            Subject = kind switch
            {
                "es" => "Emergency special session",
                "s" => "Special session",
                _ => "Regular session",
            },
        };
    }

    private static int NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Array.IndexOf(Romans, text.ToUpperInvariant());

    [GeneratedRegex(
        @"^((?<kind>ES|S)-?)?(?<number>[0-9]{1,3}|[IVX]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Written();
}
