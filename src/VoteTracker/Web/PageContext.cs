using VoteTracker.Localization;
using VoteTracker.Security;

namespace VoteTracker.Web;

/// <summary>What every page needs: the reader's language, the caller and the address.</summary>
public sealed record PageContext
{
    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>The language in the address; null if the header `Accept-Language` chose it.</summary>
    public required Language? LanguageOfAddress { get; init; }

    /// <summary>The caller.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The proof of the reader's session, which scripts send with each write; null without a session.</summary>
    public required string? SessionProof { get; init; }

    /// <summary>The path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>The query string without the language; empty or with a question mark.</summary>
    public required string Query { get; init; }

    /// <summary>The addresses of style sheets and scripts.</summary>
    public required Assets Assets { get; init; }

    /// <summary>A message.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object Value)> values) =>
        Language.Text($"page.{key}", values);

    /// <summary>The address of another page in the same language.</summary>
    public string Link(string path) =>
        LanguageOfAddress is { } language
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language.Code}"
            : path;

    /// <summary>The address of this page in a language.</summary>
    public string InLanguage(Language language) =>
        $"{Path}{(Query.Length == 0 ? "?" : $"{Query}&")}lang={language.Code}";
}
