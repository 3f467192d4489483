using System.Globalization;
using System.Xml.Linq;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>Where a text is in relation to its point, along the direction of the text.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>What decides the shape of a text, as inherited by an element. Svg.Skia resolves colours and strokes.</summary>
internal sealed record TextStyle
{
    public static TextStyle Default { get; } = new();

    public IReadOnlyList<string> Families { get; private init; } = [];
    public float Size { get; private init; } = 16;
    public int Weight { get; private init; } = 400;
    public bool Italic { get; private init; }
    public TextAnchor Anchor { get; private init; }
    public bool RightToLeft { get; private init; }
    public string Baseline { get; private init; } = "auto";

    /// <summary>The style of an element inside of another one: presentation attributes, then the attribute `style`.</summary>
    public TextStyle With(XElement element)
    {
        var style = this;
        foreach (var attribute in element.Attributes())
        {
            style = style.With(attribute.Name.LocalName, attribute.Value, Size);
        }
        foreach (var declaration in element.Attribute("style")?.Value.Split(';', StringSplitOptions.TrimEntries) ?? [])
        {
            if (declaration.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                style = style.With(name, value, Size);
            }
        }
        return style;
    }

    /// <summary>A length in units of the picture: a number, px, or em of a font size.</summary>
    public static float Length(string value, float em)
    {
        var text = value.Trim();
        var factor = text.EndsWith("em", StringComparison.Ordinal) ? em : 1;
        var digits =
            text.EndsWith("em", StringComparison.Ordinal) || text.EndsWith("px", StringComparison.Ordinal)
                ? text[..^2]
                : text;
        return float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number * factor
            : throw new NotSupportedException($"\"{value}\" is not one length: write a number, px or em.");
    }

    private TextStyle With(string name, string value, float inherited) =>
        value.Trim() == "inherit"
            ? this
            : name switch
            {
                "font-family" => this with { Families = FamiliesOf(value) },
                "font-size" => this with { Size = Length(value, inherited) },
                "font-weight" => this with { Weight = WeightOf(value.Trim()) },
                "font-style" => this with { Italic = value.Trim() is "italic" or "oblique" },
                "text-anchor" => this with { Anchor = AnchorOf(value.Trim()) },
                "direction" => this with { RightToLeft = value.Trim() == "rtl" },
                "dominant-baseline" => this with { Baseline = value.Trim() },
                _ => this,
            };

    // A generic family has no fixed font, so it is left to the fonts that the service prefers.
    private static string[] FamiliesOf(string value) =>
        [
            .. value
                .Split(',')
                .Select(family => family.Trim(' ', '\'', '"', '\n', '\t'))
                .Where(family => family is not ("" or "sans-serif" or "serif" or "monospace" or "system-ui")),
        ];

    private static int WeightOf(string value) =>
        value switch
        {
            "normal" => 400,
            "bold" or "bolder" => 700,
            "lighter" => 300,
            _ => (int)Length(value, 0),
        };

    private static TextAnchor AnchorOf(string value) =>
        value switch
        {
            "middle" => TextAnchor.Middle,
            "end" => TextAnchor.End,
            _ => TextAnchor.Start,
        };
}
