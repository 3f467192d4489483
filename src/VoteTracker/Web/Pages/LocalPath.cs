using System.Buffers;

namespace VoteTracker.Web.Pages;

/// <summary>
/// The page to which a form returns: a path of this service, with a query if needed. An address of another host is
/// rejected, so a link cannot send a reader to a false page after the sign-in.
/// </summary>
internal static class LocalPath
{
    private const int MaxLength = 2000;

    // Browsers read a backslash as a slash, and skip tabs and line ends. Other characters are percent-encoded in a path.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
    );

    /// <summary>The path; `/` if there is none, null if it is not local.</summary>
    public static string? Parse(string? text) =>
        string.IsNullOrEmpty(text) ? "/"
        : text.Length <= MaxLength
        && text[0] == '/'
        && !text.StartsWith("//", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? text
        : null;
}
