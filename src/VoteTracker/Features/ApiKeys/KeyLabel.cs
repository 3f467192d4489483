using System.Data.Common;
using Dapper;
using VoteTracker.Security;

namespace VoteTracker.Features.ApiKeys;

/// <summary>
/// The name of a key as the author of changes. Histories, exports and the change feed show only the label. So each key has
/// its own label, and a revoked key keeps it. Labels from before this rule stay valid.
/// </summary>
internal static class KeyLabel
{
    public const int MaxLength = 64;

    /// <summary>The characters of a label, for messages.</summary>
    public const string Allowed = "letters, digits, spaces and . _ - '";

    // Labels that the contract, the service and the key of the settings use.
    private static readonly string[] Reserved =
    [
        "me",
        Caller.Record.Label,
        Caller.LabelOfService,
        Caller.LabelOfSettings,
    ];

    /// <summary>The label as it is stored: without spaces at the ends.</summary>
    public static string Normalize(string label) => label.Trim(' ');

    /// <summary>The rule that a label breaks; null if a key can have it.</summary>
    public static string? FindFault(string label)
    {
        var text = Normalize(label);
        return text.Length == 0 ? "must not be empty"
            : text.Length > MaxLength ? $"must have {MaxLength} characters at most"
            : text.Where(c => !IsAllowed(c)).Select(Describe).FirstOrDefault() is { } wrong
                ? $"must have only {Allowed}, not {wrong}"
            : Reserved.Contains(text, StringComparer.OrdinalIgnoreCase) ? $"must be another: '{text}' is reserved"
            : null;
    }

    /// <summary>A label that is close to a person's name: characters that a label cannot have become spaces.</summary>
    public static string FromName(string name)
    {
        var allowed = string.Concat(name.Normalize().Select(c => IsAllowed(c) ? c : ' '));
        var label = string.Join(' ', allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // Room for a number.
        label = label[..Math.Min(label.Length, MaxLength - 8)].TrimEnd(' ');
        return FindFault(label) is null ? label : "person";
    }

    /// <summary>Whether a key, valid or not, has this label in any case. Call it in the write that creates the key.</summary>
    public static async Task<bool> IsTaken(DbConnection connection, string label) =>
        (await connection.QueryAsync<string>("SELECT label FROM api_key")).Any(taken =>
            string.Equals(Comparable(taken), Comparable(label), StringComparison.OrdinalIgnoreCase)
        );

    // Two labels that differ in the number of spaces look the same on a page.
    private static string Comparable(string label) =>
        string.Join(' ', Normalize(label).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // Combining marks are not letters: the same letter has one spelling.
    private static bool IsAllowed(char c) =>
        char.IsLetter(c) || char.IsAsciiDigit(c) || c is ' ' or '.' or '_' or '-' or '\'';

    private static string Describe(char c) => c is > ' ' and <= '~' ? $"'{c}'" : $"U+{(int)c:X4}";
}
