using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class DraftTextTests
{
    [Test]
    public void Each_text_has_one_form_and_a_number()
    {
        DraftText.ToText(0).ShouldBeNull();
        for (var number = 1; number <= DraftText.MostRevisions; number++)
        {
            var text = $"Rev.{number}";
            DraftText.ToText(number).ShouldBe(text);
            DraftText.TryParse(text, out var parsed).ShouldBeTrue(text);
            parsed.ShouldBe(number);
        }
        DraftText.NumberOf(null).ShouldBe(0);
        DraftText.NumberOf("original").ShouldBe(0);
        DraftText.NumberOf("Rev.2").ShouldBe(2);
    }

    [TestCase("")]
    [TestCase("Rev.")]
    [TestCase("Rev.0")]
    [TestCase("Rev.01")]
    [TestCase("Rev.100")]
    [TestCase("Rev.-1")]
    [TestCase("Rev. 1")]
    [TestCase("rev.1")]
    [TestCase("1")]
    [TestCase("XRev.1")]
    [TestCase("Original")]
    public void Another_text_is_rejected(string text)
    {
        DraftText.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => DraftText.NumberOf(text));
    }
}
