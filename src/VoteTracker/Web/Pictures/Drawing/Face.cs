using System.Diagnostics.CodeAnalysis;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>A font of the system, for Skia, which draws it, and for HarfBuzz, which shapes it. Never disposed of.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A face lives as long as the process.")]
internal sealed class Face
{
    private readonly SKTypeface _typeface;
    private readonly Font _shaper;

    private Face(SKTypeface typeface, SKStreamAsset file, int index)
    {
        _typeface = typeface;
        using var blob = file.ToHarfBuzzBlob();
        using var face = new HarfBuzzSharp.Face(blob, index);
        _shaper = new Font(face);
        _shaper.SetScale(typeface.UnitsPerEm, typeface.UnitsPerEm);
        _shaper.SetFunctionsOpenType();
        // A variable font: both libraries use the same weight.
        if (typeface.VariationDesignPosition is { Length: > 0 } axes)
        {
            _shaper.SetVariations([.. axes.Select(a => new Variation { Tag = a.Axis, Value = a.Value })]);
        }
        using var font = ToFont(1);
        (Ascent, Descent, XHeight) = (-font.Metrics.Ascent, font.Metrics.Descent, font.Metrics.XHeight);
    }

    /// <summary>The height above the baseline at the size 1.</summary>
    public float Ascent { get; }

    /// <summary>The depth below the baseline at the size 1.</summary>
    public float Descent { get; }

    /// <summary>The height of a small x at the size 1.</summary>
    public float XHeight { get; }

    /// <summary>The face of a font that fontconfig found; null if it found none or its file cannot be read.</summary>
    public static Face? From(SKTypeface? typeface)
    {
        if (typeface is not { UnitsPerEm: > 0 } || typeface.OpenStream(out var index) is not { } file)
        {
            return null;
        }
        // The blob reads the stream as long as the face exists.
        return new Face(typeface, file, index);
    }

    public bool Has(Rune rune) => _shaper.TryGetNominalGlyph((uint)rune.Value, out _);

    /// <summary>Shapes a part of a line. The rest of the line is its context, so that letters join across parts.</summary>
    /// <returns>The glyphs from left to right, each with its place from the origin, and the width.</returns>
    public (ushort[] Glyphs, SKPoint[] Places, float Width) Shape(
        string line,
        Range part,
        bool rightToLeft,
        float size,
        Language language
    )
    {
        var (start, length) = part.GetOffsetAndLength(line.Length);
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(line, start, length);
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Language = language;
        buffer.GuessSegmentProperties();
        _shaper.Shape(buffer);

        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new ushort[infos.Length];
        var places = new SKPoint[infos.Length];
        var scale = size / _typeface.UnitsPerEm;
        var x = 0;
        for (var i = 0; i < glyphs.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            places[i] = new SKPoint((x + positions[i].XOffset) * scale, -positions[i].YOffset * scale);
            x += positions[i].XAdvance;
        }
        return (glyphs, places, x * scale);
    }

    /// <summary>The font at a size, drawn without hinting, so that glyphs are where the shaper puts them.</summary>
    public SKFont ToFont(float size) =>
        new(_typeface, size)
        {
            Edging = SKFontEdging.Antialias,
            Hinting = SKFontHinting.None,
            Subpixel = true,
            LinearMetrics = true,
        };
}
