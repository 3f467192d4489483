namespace VoteTracker.Database;

/// <summary>
/// What is written in the same transaction as a request's own write, and with what that came to: an answer that is kept
/// is there exactly if what it tells of was done. Handlers do not know.
/// </summary>
internal static class Alongside
{
    private static readonly AsyncLocal<Func<Write, object?, Task>?> Asked = new();

    /// <summary>Sets it for the writes of this request from here on.</summary>
    public static void Ask(Func<Write, object?, Task> keep) => Asked.Value = keep;

    /// <summary>The work with what was asked for alongside; the work itself where nothing was.</summary>
    public static Func<Write, Task<T>> Wrap<T>(Func<Write, Task<T>> work) =>
        Asked.Value is not { } keep
            ? work
            : async write =>
            {
                var result = await work(write);
                await keep(write, result);
                return result;
            };
}
