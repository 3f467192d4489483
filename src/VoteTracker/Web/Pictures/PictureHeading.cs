namespace VoteTracker.Web.Pictures;

/// <summary>The heading of a picture that is a file: the name, the result, and what the result rests on.</summary>
public sealed record PictureHeading(string Name, string Headline, IReadOnlyList<string> Lines)
{
    internal const double Margin = 32;

    /// <summary>Its height.</summary>
    public double Height => 76 + 19 * Lines.Count;

    /// <summary>Breaks the lines of a heading.</summary>
    public static PictureHeading Create(string name, string headline, string details, double width) =>
        new(
            PictureText.Fit(name, 13, width - 2 * Margin),
            PictureText.Fit(headline, 23, width - 2 * Margin),
            PictureText.Wrap(details, 13, width - 2 * Margin, lines: 3)
        );
}
