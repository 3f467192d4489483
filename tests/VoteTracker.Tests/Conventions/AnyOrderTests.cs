using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Conventions;

/// <summary>
/// Collections in any order are compared by <see cref="AnyOrder.ShouldBeInAnyOrder"/>. Shouldly's own comparison is
/// quadratic and accepts unequal collections where default values are expected.
/// </summary>
public sealed partial class AnyOrderTests
{
    [Test]
    public void No_test_uses_the_comparison_of_Shouldly_that_ignores_order()
    {
        var files = Source.OfTests();
        files.Count.ShouldBeGreaterThan(100);
        files.Select(f => f.Name).ShouldContain("VoteTracker.Tests/Conventions/ListsTests.cs");
        files.Where(f => IgnoresOrder().IsMatch(f.Text)).Select(f => f.Name).ShouldBeEmpty();
    }

    [Test]
    public void The_pattern_finds_such_a_comparison()
    {
        var name = "ignore" + "Order";
        IgnoresOrder().IsMatch($"a.ShouldBe(b, {name}: true)").ShouldBeTrue();
        IgnoresOrder().IsMatch($"a.ShouldBe(b, {name}:\n  true)").ShouldBeTrue();
        IgnoresOrder().IsMatch($"a.ShouldBe(b, {name}: false)").ShouldBeFalse();
    }

    [Test]
    public void Equal_items_in_another_order_are_accepted()
    {
        Array.Empty<int>().ShouldBeInAnyOrder([]);
        Numbers(3, 1, 2, 1).ShouldBeInAnyOrder([1, 1, 2, 3]);
        Words("b", null, "a", null).ShouldBeInAnyOrder([null, null, "a", "b"]);
    }

    [TestCase(new[] { 1 }, new[] { 1, 0 }, "Missing: 0. Unexpected: none.")]
    [TestCase(new[] { 1, 2 }, new[] { 1, 0 }, "Missing: 0. Unexpected: 2.")]
    [TestCase(new[] { 1, 0 }, new[] { 1 }, "Missing: none. Unexpected: 0.")]
    [TestCase(new[] { 1, 1, 2 }, new[] { 1, 2, 2 }, "Missing: 2. Unexpected: 1.")]
    [TestCase(new[] { 5 }, new[] { 5, 5, 5 }, "Missing: 5 (2 times). Unexpected: none.")]
    public void Other_items_are_rejected_and_named(int[] actual, int[] expected, string message) =>
        Should
            .Throw<ShouldAssertException>(() => actual.ShouldBeInAnyOrder(expected, "the reason"))
            .Message.ShouldBe($"The items differ. {message} the reason");

    [Test]
    public void A_missing_null_is_rejected() =>
        Should
            .Throw<ShouldAssertException>(() => Words("a").ShouldBeInAnyOrder(["a", null]))
            .Message.ShouldContain("Missing: null.");

    [Test]
    public void A_long_list_of_differences_is_cut() =>
        Should
            .Throw<ShouldAssertException>(() => Enumerable.Range(0, 100).ShouldBeInAnyOrder([]))
            .Message.ShouldEndWith("18, 19 and 80 more.");

    private static int[] Numbers(params int[] numbers) => numbers;

    private static string?[] Words(params string?[] words) => words;

    [GeneratedRegex(@"ignoreOrder:\s*true")]
    private static partial Regex IgnoresOrder();
}
