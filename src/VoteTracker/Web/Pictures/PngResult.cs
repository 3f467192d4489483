namespace VoteTracker.Web.Pictures;

/// <summary>What became of a picture.</summary>
internal enum PngOutcome
{
    Drawn,

    /// <summary>A library or a font is missing on the machine.</summary>
    Unavailable,

    /// <summary>Too many pictures wait.</summary>
    Busy,

    /// <summary>The picture has too many pixels.</summary>
    TooLarge,
}

/// <summary>A picture as PNG, or the reason why there is none.</summary>
/// <param name="Outcome">Whether it was drawn, or the reason.</param>
/// <param name="Bytes">The PNG; empty if it was not drawn.</param>
/// <param name="Detail">The reason in a sentence for the client.</param>
internal readonly record struct PngResult(PngOutcome Outcome, byte[] Bytes, string Detail);
