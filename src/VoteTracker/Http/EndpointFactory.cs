using System.Collections.Concurrent;
using System.Reflection;
using FastEndpoints;

namespace VoteTracker.Http;

/// <summary>
/// Creates an endpoint for each request, with the services of its own host in its constructor. All of them are
/// singletons, so they are resolved once an endpoint.
/// </summary>
/// <remarks>
/// Each endpoint is created once at the start, to be configured. So it does not take a validator: building one compiles
/// an expression for each rule. The binder hands validators over with the request.
/// <para/>
/// FastEndpoints' own factory compiles an expression for each class at the start, and takes its resolver from static
/// state, which belongs to the host that started last.
/// </remarks>
internal sealed class EndpointFactory(IServiceProvider services) : IEndpointFactory
{
    private readonly ConcurrentDictionary<Type, (ConstructorInvoker Constructor, object?[] Arguments)> _endpoints =
        new();

    public BaseEndpoint Create(EndpointDefinition definition, HttpContext ctx)
    {
        var (constructor, arguments) = _endpoints.GetOrAdd(definition.EndpointType, Resolve);
        return (BaseEndpoint)constructor.Invoke(arguments.AsSpan());
    }

    private (ConstructorInvoker Constructor, object?[] Arguments) Resolve(Type endpoint)
    {
        var constructor = endpoint.GetConstructors().Single();
        return (
            ConstructorInvoker.Create(constructor),
            [.. constructor.GetParameters().Select(parameter => services.GetRequiredService(parameter.ParameterType))]
        );
    }
}
