using System.Xml.Linq;
using SkiaSharp;
using Shim = ShimSkiaSharp;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>
/// The texts of a picture, shaped. In the picture, a <see cref="Mark"/> takes the place of each.
/// </summary>
internal sealed class Texts : IDisposable
{
    private static readonly string[] NotIn = ["pattern", "mask", "clipPath", "marker"];

    private readonly List<SKTextBlobBuilder> _builders = [];
    private readonly List<SKTextBlob?> _blobs = [];

    private Texts() { }

    /// <summary>The characters of all texts.</summary>
    public HashSet<char> Characters { get; } = [];

    /// <summary>Shapes the texts of a picture, and replaces them by marks.</summary>
    public static Texts Replace(XElement svg, Fonts fonts)
    {
        var texts = new Texts();
        try
        {
            var lines = svg.Descendants(svg.Name.Namespace + "text").ToList().SelectMany(texts.Replace).ToList();
            var language = svg.Attribute("lang")?.Value ?? svg.Attribute(XNamespace.Xml + "lang")?.Value ?? "en";
            var shaping = new HarfBuzzSharp.Language(language);
            foreach (var line in lines)
            {
                texts.Characters.UnionWith(line.Text);
                line.Place(fonts, shaping, mark => texts._builders[mark]);
            }
            texts._blobs.AddRange(texts._builders.Select(builder => builder.Build()));
            return texts;
        }
        catch
        {
            texts.Dispose();
            throw;
        }
    }

    /// <summary>Whether a path is a mark, and the glyphs of its text. They are null if no font has one.</summary>
    public bool IsMark(Shim.SKPath path, out SKTextBlob? glyphs)
    {
        glyphs = null;
        if (!Mark.TryRead(path, Mark.OfText, out var number))
        {
            return false;
        }
        glyphs = _blobs[number];
        return true;
    }

    public void Dispose()
    {
        _blobs.ForEach(blob => blob?.Dispose());
        _builders.ForEach(builder => builder.Dispose());
    }

    private IReadOnlyList<TextLine> Replace(XElement text)
    {
        var ancestors = text.AncestorsAndSelf().Reverse().ToList();
        if (ancestors.Find(a => NotIn.Contains(a.Name.LocalName)) is { } outer)
        {
            throw new NotSupportedException($"A text inside of <{outer.Name.LocalName}> cannot be drawn as PNG.");
        }
        var style = ancestors.Aggregate(TextStyle.Default, (inherited, element) => inherited.With(element));
        return new TextElement(style, text, AddMark).Lines;
    }

    private (int Number, XElement Mark) AddMark(XNamespace svg)
    {
        var number = _builders.Count;
        _builders.Add(new SKTextBlobBuilder());
        return (number, Mark.Create(svg, Mark.OfText, number));
    }
}
