using System.Globalization;
using System.Xml.Linq;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>An SVG that the service returned, read as XML.</summary>
internal sealed class PictureFile
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root;

    private PictureFile(XElement root) => _root = root;

    /// <summary>Loads a picture with status 200.</summary>
    public static async Task<PictureFile> Get(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, $"{path}: {text}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        return new PictureFile(XElement.Parse(text));
    }

    public string Title => _root.Element(Svg + "title")!.Value;

    public string Description => _root.Element(Svg + "desc")!.Value;

    /// <summary>All visible text.</summary>
    public IReadOnlyList<XElement> Texts => [.. _root.Descendants(Svg + "text")];

    /// <summary>The seats or rows of members: the code and the mark.</summary>
    public IReadOnlyList<(string? State, string Mark, string? Title)> Members =>
        [
            .. _root
                .Descendants(Svg + "use")
                .Where(use => use.Ancestors().All(a => (string?)a.Attribute("class") != "legend"))
                .Select(use =>
                    (
                        (string?)use.Attribute("data-state") ?? (string?)use.Parent!.Attribute("data-state"),
                        ((string)use.Attribute("href")!)[(((string)use.Attribute("href")!).IndexOf('-') + 1)..],
                        (use.Element(Svg + "title") ?? use.Parent!.Element(Svg + "title"))?.Value
                    )
                ),
        ];

    /// <summary>The counts of the legend by mark.</summary>
    public IReadOnlyDictionary<string, string> Legend =>
        _root
            .Descendants(Svg + "g")
            .Where(g => (string?)g.Attribute("class") == "legend")
            .Elements(Svg + "g")
            .ToDictionary(
                g => ((string)g.Element(Svg + "use")!.Attribute("href")!)["#mark-".Length..],
                g => g.Element(Svg + "text")!.Value,
                StringComparer.Ordinal
            );

    /// <summary>The counts of each group by position.</summary>
    public IEnumerable<(string Group, string Position, int Count)> GroupCounts =>
        from g in _root.Descendants(Svg + "g")
        where g.Attribute("data-group") is not null
        from part in g.Elements(Svg + "g")
        select (
            (string)g.Attribute("data-group")!,
            (string)part.Attribute("data-position")!,
            (int)part.Attribute("data-count")!
        );

    /// <summary>Elements, attributes and references that a picture must not have.</summary>
    public IEnumerable<string> Forbidden =>
        _root
            .DescendantsAndSelf()
            .Where(e => e.Name.LocalName is "script" or "style" or "foreignObject" or "image" or "a")
            .Select(e => e.Name.LocalName)
            .Concat(
                _root
                    .DescendantsAndSelf()
                    .Attributes()
                    .Where(a =>
                        a.Name.LocalName == "style"
                        || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
                        || (a.Name.LocalName == "href" && !a.Value.StartsWith('#'))
                    )
                    .Select(a => a.ToString())
            );

    /// <summary>References to ids that the picture does not define.</summary>
    public IEnumerable<string> Dangling =>
        _root
            .Descendants(Svg + "use")
            .Select(use => ((string)use.Attribute("href")!)[1..])
            .Except(_root.Descendants().Attributes("id").Select(id => id.Value));

    public double ViewWidth => Numbers((string)_root.Attribute("viewBox")!)[2];

    public double ViewHeight => Numbers((string)_root.Attribute("viewBox")!)[3];

    public string? Width => (string?)_root.Attribute("width");

    public string? Direction => (string?)_root.Attribute("direction");

    /// <summary>The places of text in the view box, with those of the groups around it.</summary>
    public IEnumerable<(string Text, double Left, double Right, double Y)> TextBoxes =>
        Texts.Select(text =>
        {
            var size = double.Parse(Inherited(text, "font-size") ?? "13", CultureInfo.InvariantCulture);
            // Half of an em for a letter, and one for a Chinese character: the least that a font needs.
            var width =
                text.Value.Sum(c =>
                    c is >= '\u2E80' and < '\uFE00' ? 1
                    : c is >= '\u2066' and <= '\u2069' ? 0
                    : 0.45
                ) * size;
            var (dx, dy) = (0d, 0d);
            foreach (var transform in text.Ancestors().Attributes("transform").Select(t => t.Value))
            {
                var by = Numbers(transform["translate(".Length..^1]);
                (dx, dy) = (dx + by[0], dy + by[1]);
            }
            var (x, y) = (dx + Number(text, "x"), dy + Number(text, "y") + Number(text, "dy"));
            var rightToLeft = Inherited(text, "direction") == "rtl";
            var left = Inherited(text, "text-anchor") switch
            {
                "middle" => x - width / 2,
                "end" => rightToLeft ? x : x - width,
                _ => rightToLeft ? x - width : x,
            };
            return (text.Value, left, left + width, y);
        });

    private static double Number(XElement element, string name) =>
        element.Attribute(name) is { } a ? double.Parse(a.Value, CultureInfo.InvariantCulture) : 0;

    private static string? Inherited(XElement element, string name) =>
        element.AncestorsAndSelf().Attributes(name).FirstOrDefault()?.Value;

    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}
