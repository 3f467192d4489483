using System.Globalization;

namespace VoteTracker.Voting.Rules;

/// <summary>
/// The texts of a draft in their order: the original, with the number 0, then `Rev.1`, `Rev.2`, as the Secretariat marks
/// revisions. Responses have null for the original.
/// </summary>
public static class DraftText
{
    /// <summary>The number of the last revision.</summary>
    public const int MostRevisions = 99;

    /// <summary>The word of requests for the original text.</summary>
    public const string Original = "original";

    private const string Prefix = "Rev.";

    /// <summary>The number of a text; null and `original` are 0.</summary>
    public static bool TryParse(string? text, out int number)
    {
        number = 0;
        if (text is null or Original)
        {
            return true;
        }
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number is >= 1 and <= MostRevisions
            // Without leading zeros and other digits, each text has one form.
            && text == ToText(number);
    }

    /// <summary>The number of a text that was checked.</summary>
    public static int NumberOf(string? text) =>
        TryParse(text, out var number)
            ? number
            : throw new ArgumentOutOfRangeException(nameof(text), text, "is not a text of a draft");

    /// <summary>The text with a number; null for the original.</summary>
    public static string? ToText(int number) =>
        number == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
