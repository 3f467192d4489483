using VoteTracker.Live;

namespace VoteTracker.Tests.Live;

public sealed class WaitersTests
{
    // Several batches, and one that is not full.
    private const int Many = 200;

    [Test]
    public async Task Who_was_woken_while_it_was_busy_does_not_wait_and_then_waits_again()
    {
        var waiters = new Listeners();
        using var waiter = waiters.Join();
        waiter.Wake();
        waiter.Wake();
        var woken = waiter.Next();
        woken.IsCompleted.ShouldBeTrue();
        await woken;
        var next = waiter.Next();
        next.IsCompleted.ShouldBeFalse("two wakes before it looked are one look");
        waiter.Wake();
        await next;
    }

    [Test]
    public void Nobody_waits_once_all_have_left()
    {
        var waiters = new Listeners();
        var joined = Enumerable.Range(0, Many).Select(_ => waiters.Join()).ToList();
        waiters.Any.ShouldBeTrue();
        foreach (var waiter in joined)
        {
            waiter.Dispose();
        }
        waiters.Any.ShouldBeFalse();
        waiters.Wake();
    }

    [Test]
    public async Task Each_of_many_sees_the_last_of_many_changes_and_none_before_the_one_it_saw()
    {
        const int last = 500;
        var waiters = new Listeners();
        var version = 0;
        var listening = Enumerable
            .Range(0, Many)
            .Select(async i =>
            {
                await Task.Yield();
                using var waiter = waiters.Join();
                for (var seen = -1; ; await waiter.Next())
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
                        // Busy elsewhere while the next change comes.
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
                waiters.Wake();
                await Task.Yield();
            }
        });
        await Task.WhenAll(listening).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
