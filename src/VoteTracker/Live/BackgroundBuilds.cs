using System.Runtime.CompilerServices;

namespace VoteTracker.Live;

/// <summary>
/// Builds a value for each key in the background, from the first request on. A value is kept as long as its key. They are
/// built one at a time, because a build needs much memory. A key that was forgotten while it waited is not built.
/// </summary>
/// <param name="build">Builds the value of a key.</param>
/// <param name="onError">Receives the error of a build, which would be the same at each attempt. The key has no value then.</param>
internal sealed class BackgroundBuilds<TKey, TValue>(Func<TKey, TValue> build, Action<Exception> onError)
    where TKey : class
    where TValue : class
{
    private readonly ConditionalWeakTable<TKey, Lazy<Task<TValue?>>> _values = [];
    private readonly Lock _building = new();

    /// <summary>The value of a key; null while it is being built, and after an error.</summary>
    public TValue? Find(TKey key)
    {
        var value = _values.GetValue(key, added => new Lazy<Task<TValue?>>(() => Start(added))).Value;
        return value.IsCompletedSuccessfully ? value.Result : null;
    }

    /// <summary>Whether the build of a key ended with an error.</summary>
    public bool HasFailed(TKey key) =>
        _values.TryGetValue(key, out var value)
        && value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: null } };

    private Task<TValue?> Start(TKey key)
    {
        var weak = new WeakReference<TKey>(key);
        return Task.Factory.StartNew(
            () => Build(weak),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    private TValue? Build(WeakReference<TKey> weak)
    {
        lock (_building)
        {
            try
            {
                return weak.TryGetTarget(out var key) ? build(key) : null;
            }
            catch (Exception exception)
            {
                onError(exception);
                return null;
            }
        }
    }
}
