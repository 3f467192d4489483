namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// Free text in a cell. A spreadsheet reads text that begins with = + - @, a tab or a carriage return as a formula. A leading
/// ' prevents that, and the import removes it again. An apostrophe that the text had before is preserved.
/// </summary>
internal static class FreeText
{
    /// <summary>The text for a cell.</summary>
    public static string Guard(string text) => LooksLikeFormula(text) ? $"'{text}" : text;

    /// <summary>The text as it was before <see cref="Guard"/>.</summary>
    public static string Unguard(string text) => text.StartsWith('\'') && LooksLikeFormula(text) ? text[1..] : text;

    /// <summary>Whether a spreadsheet would read the text, without leading apostrophes, as a formula.</summary>
    /// <remarks>A line feed counts too: programs write a carriage return and a line feed as a line feed alone.</remarks>
    public static bool LooksLikeFormula(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart('\'');
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
    }
}
