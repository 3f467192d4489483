using System.Collections.Concurrent;
using FastEndpoints;

namespace VoteTracker.Http;

/// <summary>
/// What FastEndpoints asks of a process-wide resolver: request binders, which hold no state. FastEndpoints keeps the
/// resolver of the host that started last, so a resolver with services would give them to other hosts.
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
            : throw NotHere(typeOfService);

    public TService? TryResolve<TService>()
        where TService : class => null;

    public object? TryResolve(Type typeOfService) => null;

    public TService? TryResolve<TService>(string keyName)
        where TService : class => null;

    public object? TryResolve(Type typeOfService, string keyName) => null;

    public TService Resolve<TService>(string keyName)
        where TService : class => throw NotHere(typeof(TService));

    public object Resolve(Type typeOfService, string keyName) => throw NotHere(typeOfService);

    public IServiceScope CreateScope() => throw NotHere(typeof(IServiceScope));

    public object CreateInstance(Type type, IServiceProvider? serviceProvider = null) => throw NotHere(type);

    public object CreateSingleton(Type type) => throw NotHere(type);

    private static object CreateBinder(Type request) =>
        request == typeof(EmptyRequest)
            ? new NoBodyBinder()
            : Activator.CreateInstance(typeof(JsonBodyBinder<>).MakeGenericType(request))!;

    private static NotSupportedException NotHere(Type type) =>
        new($"An endpoint takes {type} in its constructor; FastEndpoints' static resolver has no services.");
}
