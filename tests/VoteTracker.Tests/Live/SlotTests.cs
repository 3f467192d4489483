using VoteTracker.Live;

namespace VoteTracker.Tests.Live;

public sealed class SlotTests
{
    private const int Many = 100;

    [Test]
    public async Task Concurrent_requests_share_a_load_and_a_request_after_a_change_gets_a_later_load()
    {
        var (started, release) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var generations = new List<long>();
        var slot = new TallySlot(
            "a-draft",
            async (_, generation) =>
            {
                generations.Add(generation);
                started.Release();
                await release.WaitAsync();
                return null;
            }
        );
        var first = slot.Refresh();
        await started.WaitAsync();
        RefreshMany(slot).ShouldAllBe(load => ReferenceEquals(load, first));

        slot.MarkChanged();
        var second = slot.Refresh();
        second.ShouldNotBeSameAs(first);
        slot.MarkChanged();
        RefreshMany(slot)
            .ShouldAllBe(load => ReferenceEquals(load, second), "it has not started, and will include both changes");
        generations.ShouldBe([0L], "one after the other");

        release.Release();
        await first;
        await started.WaitAsync();
        slot.MarkChanged();
        var third = slot.Refresh();
        third.ShouldNotBeSameAs(second);
        release.Release(2);
        await Task.WhenAll(second, third);
        generations.ShouldBe([0L, 2L, 3L]);
    }

    [Test]
    public async Task A_load_that_fails_fails_its_callers_and_the_next_request_loads_again()
    {
        var loads = 0;
        var slot = new TallySlot(
            "a-draft",
            (_, _) => ++loads == 1 ? throw new TimeoutException() : Task.FromResult<TallySnapshot?>(null)
        );
        await Should.ThrowAsync<TimeoutException>(slot.Refresh());
        (await slot.Refresh()).ShouldBeNull();
        loads.ShouldBe(2);
    }

    [Test]
    public void A_removed_slot_accepts_no_listener_and_a_slot_with_a_listener_is_not_removed()
    {
        var removed = new TallySlot("nothing", (_, _) => Task.FromResult<TallySnapshot?>(null));
        removed.RemoveIfNeverExisted(() => { });
        removed.Subscribe().ShouldBeNull();

        var used = new TallySlot("a-draft", (_, _) => Task.FromResult<TallySnapshot?>(null));
        using var listener = used.Subscribe();
        listener.ShouldNotBeNull();
        used.RemoveIfNeverExisted(() => Assert.Fail("the slot has a listener"));
    }

    private static List<Task<TallySnapshot?>> RefreshMany(TallySlot slot) =>
        [.. Enumerable.Range(0, Many).Select(_ => slot.Refresh())];
}
