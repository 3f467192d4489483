using SkiaSharp;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>A PNG, decoded.</summary>
internal sealed class Pixels : IDisposable
{
    private readonly SKBitmap _bitmap;

    private Pixels(byte[] png) => _bitmap = SKBitmap.Decode(png);

    public int Width => _bitmap.Width;
    public int Height => _bitmap.Height;

    public SKColor this[int x, int y] => _bitmap.GetPixel(x, y);

    /// <summary>Renders what is inside of a picture of 400 by 100, two pixels for each unit.</summary>
    public static async Task<Pixels> Of(string inside)
    {
        using var renderer = new PngRenderer();
        var png = await renderer.Render(Picture(inside), 800);
        png.Outcome.ShouldBe(PngOutcome.Drawn, png.Detail);
        return new Pixels(png.Bytes);
    }

    public static Pixels From(byte[] png) => new(png);

    public static string Picture(string inside) =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" font-family="Noto Sans, sans-serif">{inside}</svg>""";

    /// <summary>How many pixels have a colour like this one, by column.</summary>
    public int[] Columns(Func<SKColor, bool> isInk) =>
        [
            .. Enumerable
                .Range(0, Width)
                .Select(x => Enumerable.Range(0, Height).Count(y => isInk(_bitmap.GetPixel(x, y)))),
        ];

    /// <summary>The first and the last column with ink, in units of the picture.</summary>
    public (float Left, float Right) Extent(Func<SKColor, bool> isInk)
    {
        var columns = Columns(isInk);
        var left = Array.FindIndex(columns, ink => ink > 0);
        left.ShouldBeGreaterThanOrEqualTo(0, "there is no ink");
        return (left / 2f, (Array.FindLastIndex(columns, ink => ink > 0) + 1) / 2f);
    }

    public (float Left, float Right) Extent() => Extent(IsInk);

    /// <summary>The number of columns without ink between the first and the last one that have ink.</summary>
    public int Gaps() => Columns(IsInk).SkipWhile(n => n == 0).Reverse().SkipWhile(n => n == 0).Count(n => n == 0);

    public bool Same(Pixels other) => _bitmap.Bytes.AsSpan().SequenceEqual(other._bitmap.Bytes);

    public void Dispose() => _bitmap.Dispose();

    private static bool IsInk(SKColor colour) => colour.Alpha > 100;
}
