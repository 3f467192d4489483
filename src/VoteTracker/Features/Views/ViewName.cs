using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.Views;

/// <summary>The name of a saved view, which is a part of its address. It has the characters of a label.</summary>
internal static class ViewName
{
    private const int MaxLength = 64;

    /// <summary>The rule that a name breaks; null if a view can have it.</summary>
    public static string? FindFault(string name) =>
        name.Length is > 0 and <= MaxLength && IsLetterOrDigit(name[0]) && name[^1] != ' ' && name.All(IsAllowed)
            ? null
            : "must have 1 to 64 letters, digits, spaces and . _ - ', begin with a letter or digit, and not end with a space; "
                + $"found {SafeText.Quote(Decode(name))}";

    /// <summary>The name that a client sent. The server leaves an encoded slash in an address as it is.</summary>
    public static string Decode(string name) => name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsLetterOrDigit(char c) => char.IsLetter(c) || char.IsAsciiDigit(c);

    private static bool IsAllowed(char c) => IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or '\'';
}
