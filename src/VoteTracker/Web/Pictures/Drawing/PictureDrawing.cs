using System.Xml.Linq;
using Svg.Skia;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>Draws pictures with the fonts of the system.</summary>
internal static class PictureDrawing
{
    public static PngResult Draw(XElement svg, int width)
    {
        using var texts = Texts.Replace(svg, Fonts.OfSystem);
        // A machine without fonts is reported by every picture.
        if (Fonts.OfSystem.MissingFor(texts.Characters.Append('A')).ToList() is { Count: > 0 } missing)
        {
            return new PngResult(
                PngOutcome.Unavailable,
                [],
                $"No font for {string.Join(" and ", missing)} was found. {PngRenderer.Needs}"
            );
        }
        // Not shared: it keeps what it converted, and is not safe for several threads.
        var skia = new SkiaModel(new SKSvgSettings());
        var stamps = Stamps.Replace(svg, skia);
        var picture = Painter.Read(svg, skia);
        var height = Math.Max(1, (int)MathF.Round(width * picture.CullRect.Height / picture.CullRect.Width));
        if ((long)width * height > PngRenderer.MaxPixels)
        {
            var widest = (int)(width * Math.Sqrt((double)PngRenderer.MaxPixels / width / height));
            return new PngResult(
                PngOutcome.TooLarge,
                [],
                $"With this width, the picture has {(long)width * height} pixels. The largest width is {widest}."
            );
        }
        return new PngResult(PngOutcome.Drawn, Painter.Draw(picture, texts, stamps, skia, width, height), "");
    }
}
