using System.Threading.RateLimiting;
using System.Xml;
using System.Xml.Linq;
using VoteTracker.Web.Pictures.Drawing;

namespace VoteTracker.Web.Pictures;

/// <summary>Renders pictures as PNG. The libraries and the fonts are loaded for the first picture.</summary>
/// <remarks>
/// A picture uses `svg`, `g`, `use`, `symbol`, shapes, patterns, gradients, `text` and `tspan`. The font of a text is in
/// attributes of the text or of what is around it. What cannot be drawn as in a browser is an exception.
/// </remarks>
internal sealed class PngRenderer : IDisposable
{
    public const int MinWidth = 32;
    public const int MaxWidth = 4_096;

    /// <summary>The most pixels of a picture: 64 MiB while it is drawn.</summary>
    public const int MaxPixels = 16_777_216;

    /// <summary>What a machine needs for PNG.</summary>
    public const string Needs =
        "PNG pictures need fonts. Install Debian's packages fonts-noto-core, fonts-noto-cjk and libfontconfig1, and restart the service. SVG pictures do not need them.";

    private const int MaxWaiting = 64;

    // Drawing uses a processor all the time, and must leave one for the count.
    private readonly ConcurrencyLimiter _turns = new(
        new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Clamp(Environment.ProcessorCount / 2, 1, 2),
            QueueLimit = MaxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }
    );

    /// <summary>Renders a picture when it is its turn.</summary>
    /// <param name="svg">The picture, with a `viewBox` or a width and a height.</param>
    /// <param name="width">The width in pixels, from 32 to 4,096. The height follows from the picture.</param>
    /// <param name="cancellation">Ends the wait. A picture that is being drawn is completed.</param>
    public async Task<PngResult> Render(string svg, int width, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth);
        using var turn = await _turns.AcquireAsync(cancellationToken: cancellation);
        return turn.IsAcquired
            ? await Task.Run(() => Draw(svg, width), CancellationToken.None)
            : new PngResult(PngOutcome.Busy, [], "Too many pictures are being drawn.");
    }

    public void Dispose() => _turns.Dispose();

    private static PngResult Draw(string svg, int width)
    {
        try
        {
            using var text = new StringReader(svg);
            using var xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return PictureDrawing.Draw(XElement.Load(xml), width);
        }
        catch (Exception e) when (IsMissingLibrary(e))
        {
            return new PngResult(PngOutcome.Unavailable, [], Needs);
        }
    }

    // libSkiaSharp.so needs libfontconfig.so.1. The first use is in the static constructor of a type.
    private static bool IsMissingLibrary(Exception? e) =>
        e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || e is TypeInitializationException && IsMissingLibrary(e.InnerException);
}
