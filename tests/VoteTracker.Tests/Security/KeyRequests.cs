using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Security;

/// <summary>Requests that create keys, and settings that log everything.</summary>
internal static partial class KeyRequests
{
    public const string Public = "/v1/resolutions/es-10-27/tally";

    /// <summary>The log with the lowest level, whatever appsettings.json has.</summary>
    internal static readonly Dictionary<string, string> LogsEverything = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
    };

    [GeneratedRegex("^vt_[A-Za-z0-9_-]{43}$", RegexOptions.CultureInvariant)]
    public static partial Regex KeyText();

    public static async Task<string> NewKey(App app, object body)
    {
        using var answer = await app.Admin.PostAsJsonAsync("/v1/api-keys", body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["key"]!.GetValue<string>();
    }
}
