using VoteTracker.Features.Webhooks.Sending;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Signatures of the Standard Webhooks specification, and when deliveries are attempted again.</summary>
public sealed class SignatureTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);

    // The vector of the specification's own libraries.
    [Test]
    public void A_signature_is_the_one_of_the_specifications_test_vector() =>
        WebhookSecret
            .Sign(
                ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                """{"test": 2432232314}"""u8
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Test]
    public void Several_secrets_sign_with_a_space_between_them()
    {
        string[] secrets = [WebhookSecret.New(), WebhookSecret.New()];
        WebhookSecret
            .Sign(secrets, "msg_1", 1, "{}"u8)
            .ShouldBe(string.Join(' ', secrets.Select(s => WebhookSecret.Sign([s], "msg_1", 1, "{}"u8))));
        secrets[0].ShouldNotBe(secrets[1]);
    }

    [Test]
    public void A_delivery_is_attempted_for_three_days_with_longer_and_longer_waits()
    {
        var waits = new List<TimeSpan>();
        var now = Start;
        while (RetrySchedule.FindNext("msg_1", waits.Count + 1, Start, now) is { } next)
        {
            waits.Add(next - now);
            now = next;
        }
        now.ShouldBe(Start + TimeSpan.FromDays(3));
        waits.Count.ShouldBeInRange(20, 30);
        double[] expected = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 14_400];
        for (var i = 0; i < expected.Length; i++)
        {
            waits[i].TotalSeconds.ShouldBeInRange(expected[i] * 0.9, expected[i] * 1.1);
        }
    }

    [Test]
    public void The_wait_of_an_attempt_is_always_the_same_and_differs_between_events()
    {
        var waits = Enumerable.Range(0, 20).Select(i => RetrySchedule.FindNext($"msg_{i}", 3, Start, Start)).ToList();
        waits.Distinct().Count().ShouldBeGreaterThan(10);
        RetrySchedule.FindNext("msg_7", 3, Start, Start).ShouldBe(waits[7]);
    }

    [TestCase(1, 600, 600)]
    [TestCase(1, 10_000, 3_600)]
    [TestCase(1, -5, 5)]
    public void A_receiver_can_ask_for_a_longer_wait_up_to_an_hour(int attempts, int asked, int seconds) =>
        (
            RetrySchedule.FindNext("msg_1", attempts, Start, Start, TimeSpan.FromSeconds(asked))! - Start
        ).Value.TotalSeconds.ShouldBeInRange(seconds * 0.9, seconds * 1.1);
}
