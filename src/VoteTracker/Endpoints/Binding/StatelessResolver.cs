using System.Collections.Concurrent;
using FastEndpoints;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// Resolves what FastEndpoints needs from its process-wide resolver: request binders, which hold no state. FastEndpoints
/// keeps the resolver of the host that started last, so a resolver with services would give them to other hosts.
/// </summary>
internal sealed class StatelessResolver : IServiceResolver
{
    public static readonly StatelessResolver Instance = new();

    private readonly ConcurrentDictionary<Type, object> _binders = new();

    private StatelessResolver() { }

    public TService Resolve<TService>()
        where TService : class => (TService)Resolve(typeof(TService));

    public object Resolve(Type typeOfService) =>
        typeOfService.IsGenericType && typeOfService.GetGenericTypeDefinition() == typeof(IRequestBinder<>)
            ? _binders.GetOrAdd(typeOfService.GetGenericArguments()[0], CreateBinder)
            : throw NotSupported(typeOfService);

    public TService? TryResolve<TService>()
        where TService : class => null;

    public object? TryResolve(Type typeOfService) => null;

    public TService? TryResolve<TService>(string keyName)
        where TService : class => null;

    public object? TryResolve(Type typeOfService, string keyName) => null;

    public TService Resolve<TService>(string keyName)
        where TService : class => throw NotSupported(typeof(TService));

    public object Resolve(Type typeOfService, string keyName) => throw NotSupported(typeOfService);

    public IServiceScope CreateScope() => throw NotSupported(typeof(IServiceScope));

    public object CreateInstance(Type type, IServiceProvider? serviceProvider = null) => throw NotSupported(type);

    public object CreateSingleton(Type type) => throw NotSupported(type);

    private static object CreateBinder(Type request) =>
        request == typeof(EmptyRequest) ? new NoBodyBinder()
        : request.IsAssignableTo(typeof(ICustomBody))
            ? throw new InvalidOperationException($"The endpoint that takes {request} names no RequestBinder.")
        : Activator.CreateInstance(typeof(JsonBodyBinder<>).MakeGenericType(request))!;

    private static NotSupportedException NotSupported(Type type) =>
        new($"FastEndpoints' static resolver has no services. Add {type} to the constructor of the endpoint.");
}
