using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Security;

/// <summary>
/// The resolutions to which a key is limited. At their addresses the key has the rights of its role that concern one
/// resolution. Everywhere else it reads what is public, and its own data at `/v1/me`.
/// </summary>
/// <remarks>
/// The amendments, paragraphs and motions of these resolutions belong to the scope, also those that are added later.
/// </remarks>
internal sealed class KeyScope
{
    /// <summary>How many resolutions a key can name.</summary>
    public const int MaxResolutions = 50;

    // The addresses of one resolution. Its id is the route value `id`.
    private static readonly string[] Addresses =
    [
        "v1/resolutions/{id}",
        "resolutions/{id}",
        "desk/{id}",
        "vote-day/{id}",
    ];

    private readonly FrozenSet<string> _resolutions;

    private KeyScope(string text, IEnumerable<string> resolutions) =>
        (Text, _resolutions) = (text, resolutions.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The named resolutions, as they are stored: their ids with spaces.</summary>
    public string Text { get; }

    /// <summary>Every resolution of the scope.</summary>
    public IEnumerable<string> Resolutions => _resolutions;

    /// <summary>Whether a resolution belongs to the scope.</summary>
    public bool Contains(string resolution) => _resolutions.Contains(resolution);

    /// <summary>The ids of a stored scope; null if the key has no limit.</summary>
    public static IReadOnlyList<string>? Parse(string? text) => text?.Split(' ');

    /// <summary>The stored scope of these ids; null for none.</summary>
    public static string? ToText(IReadOnlyCollection<string>? resolutions) =>
        resolutions is { Count: > 0 }
            ? string.Join(' ', resolutions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            : null;

    /// <summary>Loads the resolutions of a stored scope; null if the key has no limit.</summary>
    public static async Task<KeyScope?> Load(DbConnection connection, string? text) =>
        text is null
            ? null
            : new KeyScope(
                text,
                await connection.QueryAsync<string>(
                    """
                    WITH RECURSIVE inside (id) AS (
                        SELECT id FROM resolution WHERE id IN @ids
                        UNION
                        SELECT part.id FROM resolution part JOIN inside i ON part.parent = i.id
                    )
                    SELECT id FROM inside
                    """,
                    new { ids = Parse(text) }
                )
            );

    /// <summary>Whether a request is about a resolution of the scope.</summary>
    public bool Covers(HttpContext http) =>
        PathParameters.RouteOf(http) is { } pattern
        && IsOfResolution(pattern.TrimStart('/'))
        && http.GetRouteValue("id") is string id
        && Contains(id);

    private static bool IsOfResolution(string pattern) =>
        Addresses.Any(address =>
            pattern.StartsWith(address, StringComparison.Ordinal)
            && (pattern.Length == address.Length || pattern[address.Length] == '/')
        );
}
