using System.Globalization;
using System.Xml.Linq;
using Shim = ShimSkiaSharp;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>
/// A curve outside of a picture, in the place of something that is drawn without Svg.Skia. Svg.Skia gives it the order, the
/// transformation and the paint of what it stands for. It would transform a polygon by itself.
/// </summary>
internal static class Mark
{
    // Each kind has a place of its own. Exact as a 32-bit number, also with the number of a mark.

    /// <summary>The marks of texts.</summary>
    public const int OfText = -1_000_000;

    /// <summary>The marks of shapes that are used many times.</summary>
    public const int OfShape = -2_000_000;

    /// <summary>Creates the mark with a number, from 0.</summary>
    public static XElement Create(XNamespace svg, int kind, int number)
    {
        var x = (kind - number).ToString(CultureInfo.InvariantCulture);
        return new XElement(svg + "path", new XAttribute("d", $"M{x} {kind}q1 1 2 0"));
    }

    /// <summary>Whether a path is a mark of this kind, and its number.</summary>
    public static bool TryRead(Shim.SKPath path, int kind, out int number)
    {
        number = 0;
        if (path is not [Shim.MoveToPathCommand start, ..] || start.Y != kind || start.X > kind)
        {
            return false;
        }
        number = (int)(kind - start.X);
        return true;
    }
}
