namespace VoteTracker.Voting.Rules;

/// <summary>The code of a state: ISO 3166-1 alpha-3, in capitals wherever it is stored or returned.</summary>
internal static class StateCode
{
    /// <summary>The code in capitals; a text that cannot be a code stays as it is.</summary>
    public static string Normalize(string text) =>
        text.Length == 3 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) && char.IsAsciiLetter(text[2])
            ? text.ToUpperInvariant()
            : text;
}
