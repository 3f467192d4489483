namespace VoteTracker.Http;

/// <summary>The error message about a value that is not one of the words that a field or parameter takes.</summary>
internal static class WrongWord
{
    public static string Describe(IEnumerable<string> words, string found) =>
        $"must be one of {string.Join(", ", words)}; found {SafeText.Quote(found)}";
}
