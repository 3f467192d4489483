namespace VoteTracker.Web.Pictures;

/// <summary>The places of the entries of a legend, centred in lines.</summary>
internal sealed class LegendLayout
{
    public const double LineHeight = 26;
    private const double Gap = 22;
    private const double MarkWidth = 17;

    /// <summary>Places entries with these texts.</summary>
    public LegendLayout(IReadOnlyList<string> texts, double width, bool rightToLeft)
    {
        var lines = new List<(List<int> Entries, double Width)>();
        var widths = texts.Select(text => MarkWidth + PictureText.Width(text, 13)).ToArray();
        foreach (var (i, w) in widths.Index())
        {
            if (lines.Count == 0 || lines[^1].Width + Gap + w > width - 48)
            {
                lines.Add(([i], w));
            }
            else
            {
                lines[^1].Entries.Add(i);
                lines[^1] = (lines[^1].Entries, lines[^1].Width + Gap + w);
            }
        }
        var places = new (double X, double Y)[texts.Count];
        foreach (var (row, line) in lines.Index())
        {
            var x = (width - line.Width) / 2 + 8;
            foreach (var entry in line.Entries)
            {
                places[entry] = (rightToLeft ? width - x : x, row * LineHeight);
                x += widths[entry] + Gap;
            }
        }
        (Places, Height, TextAt) = (places, lines.Count * LineHeight, rightToLeft ? -MarkWidth : MarkWidth);
    }

    /// <summary>The centres of the marks.</summary>
    public IReadOnlyList<(double X, double Y)> Places { get; }

    /// <summary>The height of all lines.</summary>
    public double Height { get; }

    /// <summary>The distance of the text from the mark.</summary>
    public double TextAt { get; }
}
