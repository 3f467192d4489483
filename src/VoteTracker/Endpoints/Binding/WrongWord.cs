using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The error message about a value that is not one of the words that a field or parameter accepts.</summary>
internal static class WrongWord
{
    public static string Describe(IEnumerable<string> words, string found) =>
        $"must be one of {string.Join(", ", words)}; found {SafeText.Quote(found)}";

    /// <summary>The message about an unknown id or key, with the closest one that exists.</summary>
    public static string Describe(string problem, string found, string? closest) =>
        closest is null
            ? $"{problem}; found {SafeText.Quote(found)}"
            : $"{problem}; found {SafeText.Quote(found)}, did you mean {closest}?";
}
