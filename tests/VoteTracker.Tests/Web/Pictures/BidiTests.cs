using VoteTracker.Web.Pictures.Drawing;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>The order of characters on a line. In the names and cases, `N` is a letter from right to left.</summary>
public sealed class BidiTests
{
    // The Arabic letters are written as capitals, so that an editor does not reorder the cases.
    private const string Letters = "ABCDEFGH";
    private const int FirstLetter = 0x0628;

    [TestCase("yes 149", false, "yes 149")]
    [TestCase("AB CD", true, "DC BA")]
    [TestCase("AB CD", false, "DC BA")]
    // Numbers keep the order of their digits.
    [TestCase("ABC 149 – DE 12", true, "12 ED – 149 CBA")]
    [TestCase("ABC 149 – DE 12", false, "12 ED – 149 CBA")]
    [TestCase("149 – 12 A", true, "A 12 – 149")]
    [TestCase("A 1,234.5", true, "1,234.5 A")]
    [TestCase("A 2/3", true, "2/3 A")]
    [TestCase("AB 11:30", true, "11:30 BA")]
    [TestCase("149% 12", true, "12 149%")]
    // Latin text inside, with brackets that belong to the whole.
    [TestCase("A (x) B", true, "B (x) A")]
    [TestCase("A (B) x", false, "(B) A x")]
    [TestCase("A b-10/c.34: D", true, "D :b-10/c.34 A")]
    [TestCase("x A, B y", false, "x B ,A y")]
    [TestCase("x (A) y", false, "x (A) y")]
    [TestCase("A [x (y) z] C", true, "C [x (y) z] A")]
    // A mark stays with its letter.
    [TestCase("A\u064BB", true, "B\u064BA")]
    public void Text_is_in_the_order_of_the_Unicode_algorithm(string text, bool rightToLeft, string expected) =>
        Visual(text, rightToLeft).ShouldBe(expected);

    [Test]
    public void An_isolate_keeps_its_order_and_does_not_change_the_order_around_it()
    {
        Visual("A \u2066x (1)\u2069 2 B", true).ShouldBe("B 2 x (1) A");
        Visual("x \u2067A 1\u2069, y", false).ShouldBe("x 1 A, y");
        // By the first strong character: a title that begins with Latin letters, or with Arabic ones.
        Visual("A \u2068x: B\u2069 C", true).ShouldBe("C x: B A");
        Visual("x \u20681: A b\u2069 y", false).ShouldBe("x b A :1 y");
        // One that is never closed, and an end without a begin.
        Visual("\u2069x \u2067A b", false).ShouldBe("x b A");
    }

    [Test]
    public void Overrides_and_embeddings_have_no_effect()
    {
        Visual("yes \u202E149\u202C no", false).ShouldBe("yes 149 no");
        Visual("A \u202D12 B\u202C C", true).ShouldBe(Visual("A 12 B C", true));
    }

    [Test]
    public void Text_with_thousands_of_nested_isolates_is_ordered()
    {
        var text = new string('\u2067', 3_000) + "A1" + new string('\u2069', 3_000) + "x";
        Visual(text, false).ShouldBe("1Ax");
    }

    [Test]
    public void The_direction_of_plain_text_is_that_of_its_first_letter()
    {
        Bidi.IsRightToLeft(Arabic("12: A b")).ShouldBeTrue();
        Bidi.IsRightToLeft(Arabic("12: b A")).ShouldBeFalse();
        Bidi.IsRightToLeft(Arabic("\u2068A\u2069 b")).ShouldBeFalse();
        Bidi.IsRightToLeft("149").ShouldBeFalse();
    }

    // The characters from left to right, without controls.
    private static string Visual(string text, bool rightToLeft)
    {
        var levels = Bidi.Levels(Arabic(text), rightToLeft);
        return string.Concat(Bidi.VisualOrder(levels).Select(i => Mirrored(text[i], levels[i])).Where(IsVisible));
    }

    private static bool IsVisible(char c) => c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static char Mirrored(char c, byte level) =>
        level % 2 == 0
            ? c
            : c switch
            {
                '(' => ')',
                ')' => '(',
                '[' => ']',
                ']' => '[',
                _ => c,
            };

    private static string Arabic(string text) =>
        string.Concat(text.Select(c => Letters.Contains(c) ? (char)(FirstLetter + c - 'A') : c));
}
