using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace VoteTracker.Tests.Conventions;

/// <summary>An endpoint as it is served: its method (`*` where it takes any) and its pattern.</summary>
internal sealed record ServedRoute(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>All of them, as the running service has them: a new one is here without anybody saying so.</summary>
    public static IReadOnlyList<ServedRoute> All(App app)
    {
        var routes = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(
                    method => new ServedRoute(method, endpoint.RoutePattern.RawText!, endpoint)
                )
            )
            .ToList();
        routes.Count.ShouldBeGreaterThanOrEqualTo(39, "the routes of the contract");
        return routes;
    }

    /// <summary>The path with a value for each parameter; a parameter that is new has to be given one here.</summary>
    public string Path(Func<string, string> value) =>
        Regex.Replace(Pattern, @"\{(?<name>\w+)\}", parameter => value(parameter.Groups["name"].Value));
}
