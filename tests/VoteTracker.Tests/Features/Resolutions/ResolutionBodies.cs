using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Resolutions;

/// <summary>Bodies that open a resolution.</summary>
internal static class ResolutionBodies
{
    public static Task<HttpResponseMessage> Post(App app, object fields) =>
        app.Coordinator.PostAsJsonAsync("/v1/resolutions", Body(fields));

    public static JsonObject Body(object fields)
    {
        var body = new JsonObject
        {
            ["symbol"] = "A/ES-10/L.34",
            ["title"] = "A draft",
            ["session"] = "es-10",
            ["kind"] = "draft",
        };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(fields)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }
}
