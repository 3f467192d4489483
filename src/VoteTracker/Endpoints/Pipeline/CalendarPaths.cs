using System.Text.RegularExpressions;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Keeps the secrets of calendars out of everything that uses the path of a request, as <see cref="SharedPaths"/> does for
/// share links. Below <see cref="Root"/>, only the id of a link is not secret.
/// </summary>
internal sealed partial class CalendarPaths(RequestDelegate next)
{
    /// <summary>The address of the list of links, and the folder of the calendars.</summary>
    public const string Root = "/v1/calendars";

    /// <summary>The end of the address of a calendar.</summary>
    public const string Ending = ".ics";

    // No secret has this character.
    private const string Hidden = "-";

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (
            path.Contains("calendars", StringComparison.OrdinalIgnoreCase)
            && BeginsWithRoot().IsMatch(path)
            && !HasNoSecret().IsMatch(path)
        )
        {
            Hide(http, path);
        }
        return next(http);
    }

    private static void Hide(HttpContext http, string path)
    {
        var file = IsFile().Match(path);
        SharedPaths.Hide(
            http,
            file.Groups["secret"].Value,
            // A wrong address of a calendar has no data, so all of it is replaced.
            file.Success
                ? $"{Root}/{Hidden}{Ending}"
                : $"{Root}/{Hidden}/{Hidden}"
        );
    }

    // The server decodes a path, but no %2F, and only once.
    [GeneratedRegex(
        @"^([/\\]|%(25)*(2f|5c))*v1([/\\]|%(25)*(2f|5c))+calendars($|[/\\]|%(25)*(2f|5c))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BeginsWithRoot();

    [GeneratedRegex(
        @"^/v1/calendars(/|/[a-z0-9]{12}/?)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex HasNoSecret();

    [GeneratedRegex(
        @"^/v1/calendars/(?<secret>[^/\\]+)\.ics\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex IsFile();
}
