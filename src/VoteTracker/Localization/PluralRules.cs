namespace VoteTracker.Localization;

/// <summary>
/// The plural categories of whole numbers: Unicode CLDR 47, "Language Plural Rules". The service has them itself, because it
/// runs without ICU.
/// </summary>
internal static class PluralRules
{
    /// <summary>The category of a count: `zero`, `one`, `two`, `few`, `many` or `other`.</summary>
    public static string Cardinal(LanguageCode language, int n) =>
        language switch
        {
            LanguageCode.Fr => n is 0 or 1 ? "one" : Million(n),
            LanguageCode.Es => n == 1 ? "one" : Million(n),
            LanguageCode.Ru => (n % 10, n % 100) switch
            {
                (1, not 11) => "one",
                (>= 2 and <= 4, not (>= 12 and <= 14)) => "few",
                _ => "many",
            },
            LanguageCode.Zh => "other",
            LanguageCode.Ar => (n, n % 100) switch
            {
                (0, _) => "zero",
                (1, _) => "one",
                (2, _) => "two",
                (_, >= 3 and <= 10) => "few",
                (_, >= 11) => "many",
                _ => "other",
            },
            _ => n == 1 ? "one" : "other",
        };

    /// <summary>The category of a place in an order, such as the 2nd.</summary>
    public static string Ordinal(LanguageCode language, int n) =>
        language switch
        {
            LanguageCode.En => (n % 10, n % 100) switch
            {
                (1, not 11) => "one",
                (2, not 12) => "two",
                (3, not 13) => "few",
                _ => "other",
            },
            LanguageCode.Fr => n == 1 ? "one" : "other",
            _ => "other",
        };

    /// <summary>The categories that whole numbers below a million have in a language.</summary>
    public static IReadOnlyList<string> CardinalCategories(LanguageCode language) =>
        language switch
        {
            LanguageCode.Ru => ["one", "few", "many"],
            LanguageCode.Zh => ["other"],
            LanguageCode.Ar => ["zero", "one", "two", "few", "many", "other"],
            _ => ["one", "other"],
        };

    private static string Million(int n) => n != 0 && n % 1_000_000 == 0 ? "many" : "other";
}
