using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class StateCodeTests
{
    [TestCase("nor", "NOR")]
    [TestCase("NoR", "NOR")]
    [TestCase("NOR", "NOR")]
    [TestCase("no", "no")]
    [TestCase("norw", "norw")]
    [TestCase("1or", "1or")]
    [TestCase("n1r", "n1r")]
    [TestCase("no1", "no1")]
    [TestCase("nör", "nör")]
    [TestCase("", "")]
    public void Three_letters_are_a_code_in_capitals(string text, string normal) =>
        StateCode.Normalize(text).ShouldBe(normal);
}
