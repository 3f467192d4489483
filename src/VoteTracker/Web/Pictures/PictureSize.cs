using System.Globalization;
using System.Text;

namespace VoteTracker.Web.Pictures;

/// <summary>The size of an SVG, which is in two attributes of its root. So a picture is drawn once for all widths.</summary>
internal static class PictureSize
{
    /// <summary>Returns the picture with another width, and with the height that belongs to it.</summary>
    public static byte[] Resize(byte[] svg, int width)
    {
        var end = svg.AsSpan().IndexOf((byte)'>');
        var root = Encoding.UTF8.GetString(svg, 0, end);
        var (oldWidth, oldHeight) = (Value(root, " width=\""), Value(root, " height=\""));
        var height =
            double.Parse(oldHeight, CultureInfo.InvariantCulture)
            * width
            / double.Parse(oldWidth, CultureInfo.InvariantCulture);
        var resized = root.Replace(
                $" width=\"{oldWidth}\"",
                $" width=\"{width.ToString(CultureInfo.InvariantCulture)}\"",
                StringComparison.Ordinal
            )
            .Replace($" height=\"{oldHeight}\"", $" height=\"{PictureText.N(height)}\"", StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(resized), .. svg.AsSpan(end)];
    }

    /// <summary>The width of a picture.</summary>
    public static double WidthOf(byte[] svg) =>
        double.Parse(
            Value(Encoding.UTF8.GetString(svg, 0, svg.AsSpan().IndexOf((byte)'>')), " width=\""),
            CultureInfo.InvariantCulture
        );

    private static string Value(string root, string attribute)
    {
        var start = root.IndexOf(attribute, StringComparison.Ordinal) + attribute.Length;
        return root[start..root.IndexOf('"', start)];
    }
}
