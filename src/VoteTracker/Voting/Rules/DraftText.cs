using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Voting.Rules;

/// <summary>
/// The texts of a draft in their order: the original, with the number 0, then `Rev.1`, `Rev.2`, as the Secretariat marks
/// revisions. Responses have null for the original.
/// </summary>
public static partial class DraftText
{
    /// <summary>The number of the last revision.</summary>
    public const int MostRevisions = 99;

    /// <summary>The word of requests for the original text.</summary>
    public const string Original = "original";

    /// <summary>The number of a text; null and `original` are 0.</summary>
    public static bool TryParse(string? text, out int number)
    {
        number = 0;
        if (text is null or Original)
        {
            return true;
        }
        return Revision().Match(text) is { Success: true } match
            && int.TryParse(
                match.Groups["number"].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out number
            );
    }

    /// <summary>The number of a text that was checked.</summary>
    public static int NumberOf(string? text) =>
        TryParse(text, out var number)
            ? number
            : throw new ArgumentOutOfRangeException(nameof(text), text, "is not a text of a draft");

    /// <summary>The text with a number; null for the original.</summary>
    public static string? ToText(int number) =>
        number == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"Rev.{number}");

    [GeneratedRegex(@"^Rev\.(?<number>[1-9][0-9]?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Revision();
}
