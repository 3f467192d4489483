namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Free text in a cell. A spreadsheet reads a text that begins with = + - @, a tab or a carriage return as a formula. A
/// leading ' prevents this, and the import removes it again. A text with its own leading ' keeps it.
/// </summary>
internal static class FreeText
{
    /// <summary>The text as it goes into a cell.</summary>
    public static string Guard(string text) => LooksLikeFormula(text) ? $"'{text}" : text;

    /// <summary>The text as it was before <see cref="Guard"/>.</summary>
    public static string Unguard(string text) => text.StartsWith('\'') && LooksLikeFormula(text) ? text[1..] : text;

    /// <summary>Whether it is a formula to a spreadsheet, or would be one without leading apostrophes.</summary>
    /// <remarks>A line feed counts too: programs write a carriage return and a line feed as a line feed alone.</remarks>
    public static bool LooksLikeFormula(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart('\'');
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
    }
}
