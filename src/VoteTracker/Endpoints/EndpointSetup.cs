using FastEndpoints;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints;

/// <summary>
/// The set-up of FastEndpoints, which maps, creates and runs the endpoints. Each part that the service replaces is
/// turned off here, with the reason.
/// </summary>
internal static class EndpointSetup
{
    /// <summary>Registers the endpoints of the route table. Nothing is scanned.</summary>
    public static IServiceCollection AddEndpoints(this IServiceCollection services, IEnumerable<Type> endpoints)
    {
        // Both must come before AddFastEndpoints, which adds its own only if there is none.
        services.AddSingleton<IEndpointFactory, EndpointFactory>();
        services.AddSingleton<IServiceResolver>(StatelessResolver.Instance);
        services.AddFastEndpoints([.. endpoints]);
        // This must come after it. No endpoint needs the accessor, which costs each request 408 bytes and an execution
        // context.
        return services.RemoveAll<IHttpContextAccessor>();
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapEndpoints(this IEndpointRouteBuilder routes)
    {
        var own = new OwnEndpoints(routes);
        // FastEndpoints keeps this configuration in static fields. Several services can run in one process, so it must
        // not capture anything of this service.
        own.MapFastEndpoints(static config =>
        {
            config.Endpoints.NameGenerator = static context =>
                context.RouteNumber > 1 ? $"{context.EndpointType.Name}File" : context.EndpointType.Name;
            config.Endpoints.Configurator = Configure;
            // The policy would be global in FluentValidation. Its names stay C# names, and JsonBody converts them.
            config.Validation.UsePropertyNamingPolicy = false;
            // Corrupt JSON in a row is the service's fault, not the caller's.
            config.Binding.JsonExceptionTransformer = null;
        });
        own.AddToRoutes();
    }

    private static void Configure(EndpointDefinition endpoint)
    {
        // ApiKeyMiddleware decides, in the order of the contract: 401, 403, 428. FastEndpoints would add an
        // authorization policy to each endpoint.
        endpoint.AllowAnonymous();
        // Only ExceptionMiddleware turns exceptions into problems.
        endpoint.DontCatchExceptions();
        endpoint.Description(
            route =>
            {
                if (endpoint.ReqDtoType is { } type && IsJsonBody(type))
                {
                    route.TakesJson(type);
                }
                RejectsUnknownParameters(route);
            },
            // The defaults include accepted types, which routing turns into its own 415 before the key is checked.
            clearDefaults: true
        );
        // An endpoint without a response type writes the response itself. An automatic response would turn its 304 into a
        // 204.
        if (endpoint.ResDtoType == typeof(object))
        {
            endpoint.DontAutoSendResponse();
        }
    }

    // The endpoint declares whether it ignores them, so this runs after its declarations.
    private static void RejectsUnknownParameters(RouteHandlerBuilder route) =>
        route.Finally(static endpoint =>
        {
            if (!endpoint.Metadata.OfType<IgnoresUnknownParameters>().Any())
            {
                endpoint.Metadata.Add(
                    new ProducesResponseTypeMetadata(
                        StatusCodes.Status400BadRequest,
                        typeof(Microsoft.AspNetCore.Mvc.ProblemDetails),
                        ["application/problem+json"]
                    )
                );
            }
        });

    private static bool IsJsonBody(Type type) =>
        type != typeof(EmptyRequest) && !type.IsAssignableTo(typeof(ICustomBody));

    // FastEndpoints also maps GET /_test_url_cache_, which needs no key and lists every class. Only routes with an
    // EndpointDefinition are added.
    private sealed class OwnEndpoints(IEndpointRouteBuilder routes) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => routes.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => routes.CreateApplicationBuilder();

        public void AddToRoutes() =>
            routes.DataSources.Add(
                new DefaultEndpointDataSource(
                    DataSources
                        .SelectMany(source => source.Endpoints)
                        .Where(endpoint => endpoint.Metadata.GetMetadata<EndpointDefinition>() is not null)
                )
            );
    }
}
