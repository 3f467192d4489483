using VoteTracker.Live;

namespace VoteTracker.Tests.Live;

public sealed class SlotTests
{
    private const int Many = 100;

    [Test]
    public async Task Many_who_ask_at_once_share_a_count_and_who_asks_after_a_change_never_gets_one_begun_before_it()
    {
        var (begun, go) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var generations = new List<long>();
        var slot = new TallySlot(
            "a-draft",
            async (_, generation) =>
            {
                generations.Add(generation);
                begun.Release();
                await go.WaitAsync();
                return null;
            }
        );
        var first = slot.Count();
        await begun.WaitAsync();
        Ask(slot).ShouldAllBe(count => ReferenceEquals(count, first));

        slot.Signal();
        var second = slot.Count();
        second.ShouldNotBeSameAs(first);
        slot.Signal();
        Ask(slot).ShouldAllBe(count => ReferenceEquals(count, second), "it has not begun, and will see both changes");
        generations.ShouldBe([0L], "one after the other");

        go.Release();
        await first;
        await begun.WaitAsync();
        slot.Signal();
        var third = slot.Count();
        third.ShouldNotBeSameAs(second);
        go.Release(2);
        await Task.WhenAll(second, third);
        generations.ShouldBe([0L, 2L, 3L]);
    }

    [Test]
    public async Task A_count_that_fails_fails_for_who_asked_and_the_next_is_another()
    {
        var counts = 0;
        var slot = new TallySlot(
            "a-draft",
            (_, _) => ++counts == 1 ? throw new TimeoutException() : Task.FromResult<TallySnapshot?>(null)
        );
        await Should.ThrowAsync<TimeoutException>(slot.Count());
        (await slot.Count()).ShouldBeNull();
        counts.ShouldBe(2);
    }

    [Test]
    public void Nobody_waits_in_a_place_that_was_forgotten_and_none_is_forgotten_in_which_somebody_waits()
    {
        var forgotten = new TallySlot("nothing", (_, _) => Task.FromResult<TallySnapshot?>(null));
        forgotten.ForgetIfNeverThere(() => { });
        forgotten.Join().ShouldBeNull();

        var kept = new TallySlot("a-draft", (_, _) => Task.FromResult<TallySnapshot?>(null));
        using var waiter = kept.Join();
        waiter.ShouldNotBeNull();
        kept.ForgetIfNeverThere(() => Assert.Fail("somebody waits there"));
    }

    private static List<Task<TallySnapshot?>> Ask(TallySlot slot) =>
        [.. Enumerable.Range(0, Many).Select(_ => slot.Count())];
}
