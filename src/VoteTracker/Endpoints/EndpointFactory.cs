using System.Collections.Concurrent;
using System.Reflection;
using FastEndpoints;

namespace VoteTracker.Endpoints;

/// <summary>
/// Creates an endpoint for each request, with the services of its own host in its constructor. All of them are
/// singletons, so they are resolved once per endpoint type.
/// </summary>
/// <remarks>
/// FastEndpoints also creates each endpoint once at the start, to configure it. An endpoint therefore takes no validator
/// in its constructor, because a new validator compiles an expression for each rule. The binder resolves the validator
/// with the first body.
/// <para/>
/// FastEndpoints' own factory compiles an expression for each class at the start. It takes its resolver from static
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
