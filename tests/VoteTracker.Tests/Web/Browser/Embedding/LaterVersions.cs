using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Embedding;

/// <summary>Answers a browser as a service whose versions are higher by 100 until a backup is restored.</summary>
internal sealed class LaterVersions
{
    /// <summary>Whether the answers are those of the service.</summary>
    public bool IsRestored { get; set; }

    public async Task Answer(IRoute route)
    {
        var answer = await route.FetchAsync();
        var json = JsonNode.Parse(await answer.TextAsync())!;
        if (!IsRestored)
        {
            json["version"] = json["version"]!.GetValue<long>() + 100;
        }
        await route.FulfillAsync(new() { Response = answer, Body = json.ToJsonString() });
    }
}
