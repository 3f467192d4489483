using FastEndpoints;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VoteTracker.Http;

/// <summary>
/// How FastEndpoints is set up. It maps, creates and runs the endpoints. What the service does itself is turned off
/// here, each with its reason.
/// </summary>
internal static class EndpointSetup
{
    /// <summary>Registers the endpoints of the route table. Nothing is scanned.</summary>
    public static IServiceCollection AddEndpoints(this IServiceCollection services, IEnumerable<Type> endpoints)
    {
        // Both before AddFastEndpoints, which adds its own only if there is none.
        services.AddSingleton<IEndpointFactory, EndpointFactory>();
        services.AddSingleton<IServiceResolver>(StatelessResolver.Instance);
        services.AddFastEndpoints([.. endpoints]);
        // After it: no endpoint asks for the accessor, which costs each request 408 bytes and an execution context.
        return services.RemoveAll<IHttpContextAccessor>();
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapEndpoints(this IEndpointRouteBuilder routes)
    {
        var own = new OwnEndpoints(routes);
        // FastEndpoints keeps this configuration for the process, also where several services run in one: it must not
        // capture anything of this service.
        own.MapFastEndpoints(static config =>
        {
            config.Endpoints.NameGenerator = static context =>
                context.RouteNumber > 1 ? $"{context.EndpointType.Name}File" : context.EndpointType.Name;
            config.Endpoints.Configurator = Configure;
            // FluentValidation's names are C# names everywhere; the body binder converts them.
            config.Validation.UsePropertyNamingPolicy = false;
            // Corrupt JSON in a row is the service's fault, not the caller's.
            config.Binding.JsonExceptionTransformer = null;
        });
        own.AddToRoutes();
    }

    private static void Configure(EndpointDefinition endpoint)
    {
        // Gate decides, in the order that the contract names: 401, 403, 428. FastEndpoints would add an
        // authorization policy to each endpoint.
        endpoint.AllowAnonymous();
        // Errors is the one place that makes problems.
        endpoint.DontCatchExceptions();
        endpoint.Description(
            route =>
            {
                if (endpoint.ReqDtoType is { } type && IsJsonBody(type))
                {
                    route.TakesJson(type);
                }
            },
            // The defaults include accepted types, which routing turns into its own 415 before the key is checked.
            clearDefaults: true
        );
        // An endpoint without a response type writes the response itself; to send one after a 304 would make it a 204.
        if (endpoint.ResDtoType == typeof(object))
        {
            endpoint.DontAutoSendResponse();
        }
    }

    private static bool IsJsonBody(Type type) =>
        type != typeof(EmptyRequest) && !type.IsAssignableTo(typeof(IReadsItself));

    // FastEndpoints maps GET /_test_url_cache_ too, without a role, and lists every class there. Only what has an
    // EndpointDefinition is added to the routes.
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

/// <summary>Marks a request type that is not a JSON body of its own shape: a patch, a file, or CSV beside JSON.</summary>
internal interface IReadsItself;
