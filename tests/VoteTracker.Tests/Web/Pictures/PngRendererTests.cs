using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>Pictures as PNG: size, shapes, limits.</summary>
public sealed class PngRendererTests
{
    [TestCase(32, 8)]
    [TestCase(401, 100)]
    [TestCase(1200, 300)]
    [TestCase(4096, 1024)]
    public async Task A_PNG_has_the_width_that_was_wanted_and_the_proportions_of_the_picture(int width, int height)
    {
        using var renderer = new PngRenderer();
        var result = await renderer.Render(Pixels.Picture("<rect width='400' height='100' fill='#123456'/>"), width);
        using var png = Pixels.From(result.Bytes);
        (png.Width, png.Height).ShouldBe((width, height));
        png[0, 0].ToString().ShouldBe("#ff123456");
        png[width - 1, height - 1].ToString().ShouldBe("#ff123456");
    }

    [TestCase(31)]
    [TestCase(4097)]
    [TestCase(int.MaxValue)]
    [TestCase(-1)]
    public async Task A_width_outside_of_the_limits_is_an_error(int width)
    {
        using var renderer = new PngRenderer();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => renderer.Render(Pixels.Picture(""), width));
    }

    [Test]
    public async Task A_picture_with_too_many_pixels_is_not_drawn_and_names_the_largest_width()
    {
        using var renderer = new PngRenderer();
        const string tall =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 2000'><rect width='9' height='9'/></svg>";
        var result = await renderer.Render(tall, 1_000);
        result.Outcome.ShouldBe(PngOutcome.TooLarge);
        result.Detail.ShouldBe("With this width, the picture has 20000000 pixels. The largest width is 915.");
        (await renderer.Render(tall, 915)).Outcome.ShouldBe(PngOutcome.Drawn);
    }

    [Test]
    public async Task The_same_picture_gives_the_same_bytes()
    {
        using var first = new PngRenderer();
        using var second = new PngRenderer();
        var svg = Seats("الجمعية");
        var bytes = (await first.Render(svg, 600)).Bytes;
        bytes.Length.ShouldBeGreaterThan(10_000);
        var others = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? first : second).Render(svg, 600))
        );
        others.Count(other => other.Bytes.SequenceEqual(bytes)).ShouldBe(6);
    }

    [Test]
    public async Task A_hatch_is_drawn_as_lines_also_inside_of_a_used_seat()
    {
        const string pattern =
            "<defs><pattern id='h' width='8' height='8' patternUnits='userSpaceOnUse'><rect width='8' height='8' fill='#fff'/><rect width='4' height='8' fill='#f00'/></pattern><g id='s'><rect width='80' height='80' fill='url(#h)'/></g></defs>";
        foreach (
            var shape in (string[])
                ["<rect x='8' y='8' width='80' height='80' fill='url(#h)'/>", "<use href='#s' x='8' y='8'/>"]
        )
        {
            using var png = await Pixels.Of(pattern + shape);
            // Ten red stripes, with white between them.
            var row = Enumerable
                .Range(0, png.Width)
                .Select(x => png[x, 90])
                .Select(c => c.Alpha > 0 && c.Green < 128)
                .ToList();
            row.Zip(row.Skip(1)).Count(pair => !pair.First && pair.Second).ShouldBe(10, shape);
        }
    }

    [Test]
    public async Task What_is_outside_of_all_shapes_is_transparent()
    {
        using var png = await Pixels.Of("<circle cx='50' cy='50' r='40' fill='#0a0'/>");
        png[0, 0].Alpha.ShouldBe((byte)0);
        png[100, 100].ToString().ShouldBe("#ff00aa00");
    }

    [Test]
    public async Task Entities_and_external_documents_are_not_read()
    {
        using var renderer = new PngRenderer();
        await Should.ThrowAsync<XmlException>(() =>
            renderer.Render(
                "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + Pixels.Picture("<text>&a;</text>"),
                100
            )
        );
    }

    [Test]
    public async Task Too_many_waiting_pictures_are_busy_and_a_wait_can_be_cancelled()
    {
        using var renderer = new PngRenderer();
        var svg = Seats("State", 40);
        await renderer.Render(svg, 100);
        using var cancel = new CancellationTokenSource();
        var cancelled = Enumerable.Range(0, 30).Select(_ => renderer.Render(svg, 100, cancel.Token)).ToList();
        var others = Enumerable.Range(0, 150).Select(_ => renderer.Render(svg, 100)).ToList();
        await cancel.CancelAsync();
        var outcomes = (await Task.WhenAll(others)).CountBy(result => result.Outcome).ToDictionary();
        outcomes[PngOutcome.Busy].ShouldBeInRange(1, 149);
        outcomes[PngOutcome.Drawn].ShouldBeInRange(1, 149);
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(cancelled));
        // The places are free again.
        (await renderer.Render(svg, 100)).Outcome.ShouldBe(PngOutcome.Drawn);
    }

    /// <summary>A picture like the real ones: seats, some of them hatched, each with a name.</summary>
    internal static string Seats(string name, int seats = 193)
    {
        var svg = new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" font-family="Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, sans-serif">
            <title>Seats</title><desc>149 yes, 12 no</desc><defs>
            <pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="#fc9"/><path d="M0 0V4" stroke="#a30" stroke-width="2"/></pattern>
            <g id="yes"><circle r="7" fill="#063"/></g><g id="no"><circle r="7" fill="url(#h)" stroke="#000"/></g></defs>
            <rect width="800" height="450" fill="#fff"/>
            """
        );
        for (var i = 0; i < seats; i++)
        {
            var (x, y) = (20 + i % 20 * 39, 20 + i / 20 * 42);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<use href="#{(i % 3 == 0 ? "no" : "yes")}" x="{x}" y="{y}"/><text x="{x}" y="{y + 18}" font-size="8" text-anchor="middle">{name} {i}</text>"""
            );
        }
        return svg.Append("</svg>").ToString();
    }
}
