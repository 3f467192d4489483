using SkiaSharp;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>Text in PNGs, in the scripts of the six languages.</summary>
public sealed class PngTextTests
{
    private const string Rtl = "direction=\"rtl\"";

    [TestCase("", "start", 200, 400)]
    [TestCase("", "middle", 0, 400)]
    [TestCase("", "end", 0, 200)]
    [TestCase(Rtl, "start", 0, 200)]
    [TestCase(Rtl, "middle", 0, 400)]
    [TestCase(Rtl, "end", 200, 400)]
    public async Task Text_is_before_around_or_after_its_point(string direction, string anchor, int left, int right)
    {
        foreach (
            var text in (string[])["General Assembly", "Генеральная", "联合国大会", "الجمعية العامة", "نعم 149 – لا 12"]
        )
        {
            using var png = await Pixels.Of($"<text x='200' y='60' {direction} text-anchor='{anchor}'>{text}</text>");
            var extent = png.Extent();
            extent.Left.ShouldBeGreaterThanOrEqualTo(left - 1, text);
            extent.Right.ShouldBeLessThanOrEqualTo(right + 1, text);
            (extent.Right - extent.Left).ShouldBeGreaterThan(50, text);
            // The ink touches the point, or is around it.
            var middle = (extent.Left + extent.Right) / 2;
            (
                anchor == "middle"
                    ? Math.Abs(middle - 200)
                    : Math.Min(Math.Abs(extent.Left - 200), Math.Abs(extent.Right - 200))
            ).ShouldBeLessThan(4, text);
        }
    }

    [Test]
    public async Task Arabic_letters_are_joined()
    {
        using var word = await Pixels.Of("<text x='10' y='60' font-size='40'>محمد</text>");
        using var separate = await Pixels.Of("<text x='10' y='60' font-size='40'>م\u200Cح\u200Cم\u200Cد</text>");
        word.Gaps().ShouldBe(0);
        separate.Gaps().ShouldBeGreaterThan(3);
        // Also where a part of the word has another colour.
        using var coloured = await Pixels.Of(
            "<text x='10' y='60' font-size='40'>م<tspan fill='#f00'>حم</tspan>د</text>"
        );
        coloured.Gaps().ShouldBe(0);
        coloured.Extent().ShouldBe(word.Extent());
    }

    [Test]
    public async Task Digits_in_Arabic_text_are_in_their_order()
    {
        // The 1 has less ink than the 0, so a number that is reversed has more ink at its left end.
        using var png = await Pixels.Of(
            $"<text x='390' y='60' font-size='40' {Rtl}>نعم <tspan fill='#f00'>1000</tspan> – لا</text>"
        );
        var (left, right) = png.Extent(IsRed);
        var range = (int)(left * 2)..(int)(right * 2);
        EndsWithZeros(png.Columns(IsRed)[range]);
        // Without another colour too.
        using var plain = await Pixels.Of($"<text x='390' y='60' font-size='40' {Rtl}>نعم 1000 – لا</text>");
        EndsWithZeros(plain.Columns(c => c.Alpha > 100)[range]);

        static void EndsWithZeros(int[] ink) =>
            ink[..(ink.Length / 4)].Sum().ShouldBeLessThan(ink[^(ink.Length / 4)..].Sum() * 3 / 4);
    }

    [Test]
    public async Task Parts_of_a_line_from_right_to_left_follow_each_other_from_the_right()
    {
        using var png = await Pixels.Of(
            $"<text x='390' y='60' font-size='30' {Rtl}><tspan fill='#f00'>نعم 149</tspan> – <tspan fill='#00f'>لا 12</tspan></text>"
        );
        png.Extent(IsRed).Left.ShouldBeGreaterThan(png.Extent(IsBlue).Right);
        using var latin = await Pixels.Of(
            "<text x='10' y='60' font-size='30'><tspan fill='#f00'>yes 149</tspan> – <tspan fill='#00f'>no 12</tspan></text>"
        );
        latin.Extent(IsRed).Right.ShouldBeLessThan(latin.Extent(IsBlue).Left);
    }

    [TestCase("Aé")]
    [TestCase("ЖЯ")]
    [TestCase("国联")]
    [TestCase("عم")]
    [TestCase("12")]
    [TestCase("–%")]
    public async Task Every_character_has_a_glyph_of_its_own(string two)
    {
        using var missing = await Pixels.Of("<text x='10' y='60' font-size='40'>\uE0FF</text>");
        using var first = await Pixels.Of($"<text x='10' y='60' font-size='40'>{two[0]}</text>");
        using var second = await Pixels.Of($"<text x='10' y='60' font-size='40'>{two[1]}</text>");
        first.Same(missing).ShouldBeFalse();
        second.Same(missing).ShouldBeFalse();
        first.Same(second).ShouldBeFalse();
        first.Extent().Right.ShouldBeGreaterThan(11);
    }

    [Test]
    public async Task Chinese_has_the_simplified_glyphs_without_naming_their_font()
    {
        // U+76F4 and U+9AA8 are drawn differently in Chinese and in Japanese.
        using var chosen = await Pixels.Of("<text x='10' y='60' font-size='40'>直骨</text>");
        using var simplified = await Pixels.Of(
            "<text x='10' y='60' font-size='40' font-family='Noto Sans CJK SC'>直骨</text>"
        );
        using var japanese = await Pixels.Of(
            "<text x='10' y='60' font-size='40' font-family='Noto Sans CJK JP'>直骨</text>"
        );
        chosen.Same(simplified).ShouldBeTrue();
        chosen.Same(japanese).ShouldBeFalse();
    }

    [TestCase("Yes")]
    [TestCase("Да")]
    [TestCase("نعم")]
    [TestCase("赞成")]
    public async Task Bold_text_has_more_ink(string text)
    {
        using var normal = await Pixels.Of($"<text x='10' y='60' font-size='40'>{text}</text>");
        using var bold = await Pixels.Of($"<text x='10' y='60' font-size='40' font-weight='700'>{text}</text>");
        Ink(bold).ShouldBeGreaterThan(Ink(normal) * 1.1);
    }

    [Test]
    public async Task Text_has_the_transformation_the_order_and_the_opacity_of_its_place()
    {
        using var plain = await Pixels.Of("<text x='100' y='60'>Yes</text>");
        using var moved = await Pixels.Of("<g transform='translate(90 40)'><text x='10' y='20'>Yes</text></g>");
        using var itself = await Pixels.Of("<text transform='translate(90 40)' x='10' y='20'>Yes</text>");
        moved.Same(plain).ShouldBeTrue();
        itself.Same(plain).ShouldBeTrue();
        using var used = await Pixels.Of(
            "<defs><g id='a'><text x='10' y='20'>Yes</text></g></defs><use href='#a' x='90' y='40'/>"
        );
        used.Same(plain).ShouldBeTrue();
        using var upright = await Pixels.Of("<text transform='translate(200 90) rotate(-90)'>Yes</text>");
        upright.Extent().Left.ShouldBeInRange(180, 190);
        upright.Extent().Right.ShouldBeInRange(198, 202);

        using var behind = await Pixels.Of(
            "<text x='100' y='60' fill='#f00'>Yes</text><rect width='400' height='100'/>"
        );
        behind.Columns(IsRed).Sum().ShouldBe(0);
        using var faint = await Pixels.Of("<g opacity='.2'><text x='100' y='60'>Yes</text></g>");
        faint.Columns(c => c.Alpha > 60).Sum().ShouldBe(0);
        faint.Columns(c => c.Alpha > 20).Sum().ShouldBeGreaterThan(100);
    }

    [Test]
    public async Task Spaces_and_line_ends_of_the_source_are_one_space()
    {
        using var plain = await Pixels.Of("<text x='200' y='60' text-anchor='middle'>Yes 149 no</text>");
        using var indented = await Pixels.Of(
            "<text x='200' y='60' text-anchor='middle'>\n  Yes\n  <tspan>149 </tspan>\n  no\n</text>"
        );
        indented.Same(plain).ShouldBeTrue();
        using var parts = await Pixels.Of(
            "<text x='200' y='60' text-anchor='middle'><tspan>Yes</tspan> <tspan>149</tspan> no</text>"
        );
        parts.Same(plain).ShouldBeTrue();
    }

    [Test]
    public async Task A_tspan_with_a_point_begins_a_line()
    {
        using var one = await Pixels.Of("<text x='200' y='30'>One</text><text x='200' y='49.2'>Two</text>");
        using var lines = await Pixels.Of("<text x='200' y='30'>One <tspan x='200' dy='1.2em'>Two</tspan></text>");
        lines.Same(one).ShouldBeTrue();
    }

    [Test]
    public async Task A_text_whose_spacing_cannot_be_drawn_is_an_error()
    {
        foreach (
            var text in (string[])
                [
                    "<text textLength='50'>a</text>",
                    "<text letter-spacing='2'>a</text>",
                    "<text rotate='3'>a</text>",
                    "<text x='1 2 3'>a</text>",
                    "<text x='10%'>a</text>",
                    "<text><textPath href='#p'>a</textPath></text>",
                    "<defs><pattern id='p' width='9' height='9'><text>a</text></pattern></defs>",
                ]
        )
        {
            await Should.ThrowAsync<NotSupportedException>(() => Pixels.Of(text));
        }
    }

    private static double Ink(Pixels png) => png.Columns(c => c.Alpha > 100).Sum();

    private static bool IsRed(SKColor c) => c is { Alpha: > 100, Red: > 150, Blue: < 100 };

    private static bool IsBlue(SKColor c) => c is { Alpha: > 100, Red: < 100, Blue: > 150 };
}
