using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Security.Audit;

/// <summary>
/// What an entry of a request names: the ids in its address, and the id of what it created, as in a query string. The values
/// are escaped, so that it is unambiguous and has ASCII alone.
/// </summary>
internal static class AuditTarget
{
    // Found once for each route, because every write has an entry.
    private static readonly ConcurrentDictionary<string, IReadOnlyList<(string Name, PathParameter Parameter)>> Ids =
        new(StringComparer.Ordinal);

    /// <summary>The target of a request; null if there is none.</summary>
    /// <param name="http">The request.</param>
    /// <param name="named">What the write named; null for what the response created.</param>
    /// <param name="response">The response; null if there is none yet.</param>
    public static string? Create(HttpContext http, string? named = null, object? response = null)
    {
        named ??= CreatedBy(http, response);
        if (PathParameters.RouteOf(http) is not { } route)
        {
            return named;
        }
        StringBuilder? target = null;
        foreach (var (name, parameter) in Ids.GetOrAdd(route, static route => [.. ListIds(route)]))
        {
            // A text without the form of an id can be the name of a person.
            if (http.Request.RouteValues[name] is string text && parameter.Matches(text))
            {
                target = target is null ? new StringBuilder(64) : target.Append('&');
                target.Append(name).Append('=').Append(Uri.EscapeDataString(text));
            }
        }
        return target is null ? named
            : named is null ? target.ToString()
            : target.Append('&').Append(named).ToString();
    }

    private static IEnumerable<(string Name, PathParameter Parameter)> ListIds(string route) =>
        PathParameters
            .ListIn(route)
            .Select(part => (part.Name, Parameter: part.Parameter ?? PathParameters.Resolution))
            .Where(part => part.Parameter.IsPublicId);

    // A PUT has the id in its address.
    private static string? CreatedBy(HttpContext http, object? response)
    {
        var value =
            HttpMethods.IsPost(http.Request.Method)
            && response is IStatusCodeHttpResult { StatusCode: StatusCodes.Status201Created }
                ? (response as IValueHttpResult)?.Value
                : null;
        return value?.GetType().GetProperty("Id")?.GetValue(value) is { } id
            ? $"created={Uri.EscapeDataString(Convert.ToString(id, CultureInfo.InvariantCulture) ?? "")}"
            : null;
    }
}
