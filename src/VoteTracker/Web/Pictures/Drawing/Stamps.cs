using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;
using Svg.Skia;
using Shim = ShimSkiaSharp;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>
/// The shapes that a picture uses many times, such as the mark of a position. Svg.Skia would convert a shape again for
/// each use: 193 seats took half of the time of a picture. Here each shape is converted once and then drawn at its places.
/// </summary>
/// <remarks>
/// In the picture, a <see cref="Mark"/> takes the place of each `use`, as for <see cref="Texts"/>. A `use` that inherits
/// more than a transformation, or whose shape refers to something else, stays as it is.
/// </remarks>
internal sealed class Stamps
{
    // Half of the width of the drawing that holds a shape.
    private const int Half = 1_024;

    // The shapes of all pictures, in two themes, are fewer than 100.
    private const int MaxShapes = 256;

    private static readonly ConcurrentDictionary<string, SKPicture> Shapes = new(StringComparer.Ordinal);

    private static readonly string[] Drawn = ["g", "circle", "rect", "path", "line", "ellipse", "polygon", "polyline"];
    private static readonly string[] OfUse = ["href", "x", "y"];

    // A transformation is also one of the mark. A shape has its own fill, and no text.
    private static readonly string[] Harmless =
    [
        "transform",
        "id",
        "class",
        "lang",
        "direction",
        "role",
        "viewBox",
        "width",
        "height",
        "fill",
        "font-family",
        "font-size",
        "text-anchor",
    ];

    private readonly List<(SKPicture Shape, float X, float Y)> _uses = [];

    private Stamps() { }

    /// <summary>Replaces each simple `use` of a picture by a mark.</summary>
    public static Stamps Replace(XElement svg, SkiaModel skia)
    {
        var stamps = new Stamps();
        var shapes = svg.Descendants(svg.Name.Namespace + "defs")
            .Elements()
            .Where(IsSimple)
            .DistinctBy(shape => shape.Attribute("id")?.Value)
            .ToDictionary(shape => $"#{shape.Attribute("id")?.Value}", StringComparer.Ordinal);
        foreach (var use in svg.Descendants(svg.Name.Namespace + "use").ToList())
        {
            if (shapes.TryGetValue(use.Attribute("href")?.Value ?? "", out var shape) && InheritsNothing(use))
            {
                use.ReplaceWith(stamps.AddMark(use, ToPicture(shape, skia)));
            }
        }
        RemoveUndrawn(svg);
        return stamps;
    }

    // Svg.Skia converts each element, also a title or a group that changes nothing.
    private static void RemoveUndrawn(XElement svg)
    {
        var names = svg.Name.Namespace;
        svg.Descendants().Where(e => e.Name == names + "title" || e.Name == names + "desc").Remove();
        foreach (var group in svg.Descendants(names + "g").Where(g => g.Attributes().All(IsData)).ToList())
        {
            group.ReplaceWith(group.Nodes());
        }
    }

    /// <summary>Draws the shape, if a path is the mark of one.</summary>
    public bool TryDraw(Shim.SKPath path, SKCanvas canvas)
    {
        if (!Mark.TryRead(path, Mark.OfShape, out var number))
        {
            return false;
        }
        var (shape, x, y) = _uses[number];
        canvas.DrawPicture(shape, x - Half, y - Half);
        return true;
    }

    private XElement AddMark(XElement use, SKPicture shape)
    {
        _uses.Add((shape, Number(use, "x"), Number(use, "y")));
        return Mark.Create(use.Name.Namespace, Mark.OfShape, _uses.Count - 1);
    }

    private static SKPicture ToPicture(XElement shape, SkiaModel skia)
    {
        var text = shape.ToString(SaveOptions.DisableFormatting);
        if (Shapes.TryGetValue(text, out var known))
        {
            return known;
        }
        var drawing = new XElement(
            shape.Name.Namespace + "svg",
            new XAttribute("viewBox", $"-{Half} -{Half} {2 * Half} {2 * Half}"),
            new XAttribute("width", 2 * Half),
            new XAttribute("height", 2 * Half),
            shape
        );
        using var recorder = new SKPictureRecorder();
        skia.Draw(Painter.Read(drawing, skia), recorder.BeginRecording(SKRect.Create(2 * Half, 2 * Half)));
        var picture = recorder.EndRecording();
        if (Shapes.Count < MaxShapes)
        {
            // Never disposed of: a picture may be drawn at this moment.
            Shapes.TryAdd(text, picture);
        }
        return picture;
    }

    private static bool IsSimple(XElement shape) =>
        shape.Attribute("id") is not null
        && shape
            .DescendantsAndSelf()
            .All(part =>
                Drawn.Contains(part.Name.LocalName)
                && (part.Name.LocalName == "g" || part.Attribute("fill") is not null)
                && part.Attributes().All(a => !a.Value.Contains("url(", StringComparison.Ordinal))
            );

    private static bool InheritsNothing(XElement use) =>
        use.Attributes().All(a => OfUse.Contains(a.Name.LocalName) || IsData(a))
        && use.Ancestors()
            .All(outer =>
                outer.Name.LocalName is "svg" or "g"
                && outer
                    .Attributes()
                    .All(a => a.IsNamespaceDeclaration || Harmless.Contains(a.Name.LocalName) || IsData(a))
            );

    private static bool IsData(XAttribute attribute) =>
        attribute.Name.LocalName.StartsWith("data-", StringComparison.Ordinal)
        || attribute.Name.LocalName.StartsWith("aria-", StringComparison.Ordinal);

    private static float Number(XElement element, string name) =>
        float.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
