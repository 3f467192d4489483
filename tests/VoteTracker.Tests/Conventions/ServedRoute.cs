using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Tests.Conventions;

/// <summary>A served endpoint: its method (`*` for any) and its pattern.</summary>
internal sealed record ServedRoute(string Method, string Pattern, RouteEndpoint Endpoint)
{
    /// <summary>Whether it is a page or a form of a page, which the contract does not have.</summary>
    public bool IsPage => Endpoint.Metadata.GetMetadata<Page>() is not null;

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>All endpoints of the running service, new ones included.</summary>
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

    /// <summary>The path with a value for each parameter; a new parameter needs one here.</summary>
    public string Path(Func<string, string> value) =>
        Regex.Replace(Pattern, @"\{(?<name>\w+)\}", parameter => value(parameter.Groups["name"].Value));
}
