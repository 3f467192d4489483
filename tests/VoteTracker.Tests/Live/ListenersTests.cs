using VoteTracker.Live;

namespace VoteTracker.Tests.Live;

public sealed class ListenersTests
{
    // Several batches, and one that is not full.
    private const int Many = 200;

    [Test]
    public async Task A_listener_that_was_woken_while_it_was_busy_does_not_wait_once()
    {
        var listeners = new Listeners();
        using var listener = listeners.Add();
        listener.Wake();
        listener.Wake();
        var woken = listener.Next();
        woken.IsCompleted.ShouldBeTrue();
        await woken;
        var next = listener.Next();
        next.IsCompleted.ShouldBeFalse("two wake-ups before a wait count as one");
        listener.Wake();
        await next;
    }

    [Test]
    public void There_are_no_listeners_after_all_are_disposed()
    {
        var listeners = new Listeners();
        var all = Enumerable.Range(0, Many).Select(_ => listeners.Add()).ToList();
        listeners.Any.ShouldBeTrue();
        foreach (var listener in all)
        {
            listener.Dispose();
        }
        listeners.Any.ShouldBeFalse();
        listeners.Wake();
    }

    [Test]
    public async Task Each_of_many_listeners_reads_the_last_change_and_never_an_older_state()
    {
        const int last = 500;
        var listeners = new Listeners();
        var version = 0;
        var tasks = Enumerable
            .Range(0, Many)
            .Select(async i =>
            {
                await Task.Yield();
                using var listener = listeners.Add();
                for (var seen = -1; ; await listener.Next())
                {
                    var now = Volatile.Read(ref version);
                    now.ShouldBeGreaterThanOrEqualTo(seen);
                    seen = now;
                    if (seen == last)
                    {
                        return;
                    }
                    if (i % 3 == 0)
                    {
                        // Busy during the next change.
                        await Task.Yield();
                    }
                }
            })
            .ToList();
        await Task.Run(async () =>
        {
            for (var i = 0; i < last; i++)
            {
                Interlocked.Increment(ref version);
                listeners.Wake();
                await Task.Yield();
            }
        });
        await Task.WhenAll(tasks).WaitAsync(Hang.Limit);
    }
}
