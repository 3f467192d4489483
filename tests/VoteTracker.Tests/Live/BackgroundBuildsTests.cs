using VoteTracker.Live;

namespace VoteTracker.Tests.Live;

public sealed class BackgroundBuildsTests
{
    [Test]
    public void A_value_is_built_once_for_each_key_and_one_at_a_time()
    {
        var (running, most, count) = (0, 0, 0);
        var builds = new BackgroundBuilds<object, string>(
            _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                Interlocked.Increment(ref count);
                Thread.Sleep(20);
                Interlocked.Decrement(ref running);
                return "built";
            },
            _ => Assert.Fail("no build failed")
        );
        object[] keys = [new(), new(), new()];
        Until(() => Array.TrueForAll(keys, key => builds.Find(key) == "built"));
        count.ShouldBe(keys.Length);
        most.ShouldBe(1);
        keys.ShouldAllBe(key => !builds.HasFailed(key));
    }

    [Test]
    public void A_key_whose_build_failed_has_no_value_and_is_not_built_again()
    {
        var errors = new List<string>();
        var builds = new BackgroundBuilds<object, string>(
            _ => throw new InvalidOperationException("cannot be built"),
            exception => errors.Add(exception.Message)
        );
        var key = new object();
        builds.HasFailed(key).ShouldBeFalse("it was not requested");
        builds.Find(key).ShouldBeNull();
        Until(() => builds.HasFailed(key));
        builds.Find(key).ShouldBeNull();
        errors.ShouldBe(["cannot be built"]);
    }

    private static void Until(Func<bool> isFulfilled) => SpinWait.SpinUntil(isFulfilled, Hang.Limit).ShouldBeTrue();
}
