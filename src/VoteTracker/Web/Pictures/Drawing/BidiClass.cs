using System.Globalization;
using System.Text;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>The bidirectional class of a character (Unicode Standard Annex #9, table 4).</summary>
internal enum BidiClass : byte
{
    /// <summary>L, left to right: Latin, Cyrillic, Chinese.</summary>
    Left,

    /// <summary>R, right to left: Hebrew.</summary>
    Right,

    /// <summary>AL, right to left: Arabic.</summary>
    ArabicLetter,

    /// <summary>EN: 0 to 9.</summary>
    EuropeanNumber,

    /// <summary>AN: the Arabic-Indic digits.</summary>
    ArabicNumber,

    /// <summary>ES: plus and minus.</summary>
    EuropeanSeparator,

    /// <summary>ET: per cent, degree, currencies.</summary>
    EuropeanTerminator,

    /// <summary>CS: comma, full stop, colon, slash.</summary>
    CommonSeparator,

    /// <summary>NSM: marks above and below a letter.</summary>
    Mark,

    /// <summary>BN, and the controls of embeddings and overrides: no effect and no glyph.</summary>
    Ignored,

    /// <summary>WS and S: spaces.</summary>
    Space,

    /// <summary>ON: other punctuation and symbols.</summary>
    Neutral,

    /// <summary>LRI: begins an isolate from left to right.</summary>
    LeftIsolate,

    /// <summary>RLI: begins an isolate from right to left.</summary>
    RightIsolate,

    /// <summary>FSI: begins an isolate in the direction of its first strong character.</summary>
    FirstStrongIsolate,

    /// <summary>PDI: ends an isolate.</summary>
    EndOfIsolate,
}

/// <summary>
/// The class of each character. .NET does not offer the property, so it is derived from the general category and from
/// the blocks that are right to left. Embeddings and overrides are ignored: text of users must not reorder a picture.
/// </summary>
internal static class BidiClasses
{
    public static BidiClass Of(Rune rune) =>
        rune.Value switch
        {
            >= '0' and <= '9' => BidiClass.EuropeanNumber,
            (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => BidiClass.Left,
            '+' or '-' or 0x207A or 0x207B or 0x208A or 0x208B or 0x2212 => BidiClass.EuropeanSeparator,
            ',' or '.' or '/' or ':' or 0xA0 or 0x060C or 0x202F or 0x2044 => BidiClass.CommonSeparator,
            '#' or '$' or '%' or (>= 0xA2 and <= 0xA5) or 0xB0 or 0xB1 => BidiClass.EuropeanTerminator,
            0x066A or 0x0609 or 0x060A or (>= 0x2030 and <= 0x2034) or 0x212E or 0x2213 => BidiClass.EuropeanTerminator,
            0xB2 or 0xB3 or 0xB9 or 0x2070 or (>= 0x2074 and <= 0x2079) => BidiClass.EuropeanNumber,
            (>= 0x2080 and <= 0x2089) or (>= 0x06F0 and <= 0x06F9) => BidiClass.EuropeanNumber,
            (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C or 0x06DD => BidiClass.ArabicNumber,
            >= 0x0600 and <= 0x0605 => BidiClass.ArabicNumber,
            0x200E => BidiClass.Left,
            0x200F => BidiClass.Right,
            0x061C => BidiClass.ArabicLetter,
            0x2066 => BidiClass.LeftIsolate,
            0x2067 => BidiClass.RightIsolate,
            0x2068 => BidiClass.FirstStrongIsolate,
            0x2069 => BidiClass.EndOfIsolate,
            _ => ByCategory(rune),
        };

    /// <summary>Whether a character can begin text from right to left, so that the order must be computed.</summary>
    public static bool IsRightToLeft(BidiClass kind) =>
        kind
            is BidiClass.Right
                or BidiClass.ArabicLetter
                or BidiClass.ArabicNumber
                or BidiClass.RightIsolate
                or BidiClass.FirstStrongIsolate;

    private static BidiClass ByCategory(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.Mark,
            UnicodeCategory.Control when rune.Value is '\t' or '\n' or '\v' or '\f' or '\r' => BidiClass.Space,
            UnicodeCategory.Control or UnicodeCategory.Format => BidiClass.Ignored,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                BidiClass.Space,
            UnicodeCategory.CurrencySymbol => BidiClass.EuropeanTerminator,
            UnicodeCategory.ModifierSymbol or UnicodeCategory.MathSymbol => BidiClass.Neutral,
            UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation => BidiClass.Neutral,
            UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation => BidiClass.Neutral,
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation => BidiClass.Neutral,
            UnicodeCategory.OtherSymbol when !IsInRightBlock(rune.Value) => BidiClass.Neutral,
            UnicodeCategory.OtherPunctuation when !IsInRightBlock(rune.Value) => BidiClass.Neutral,
            _ => Strong(rune.Value),
        };

    private static BidiClass Strong(int value) =>
        !IsInRightBlock(value) ? BidiClass.Left
        : IsArabic(value) ? BidiClass.ArabicLetter
        : BidiClass.Right;

    private static bool IsInRightBlock(int value) =>
        value
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0xFB1D and <= 0xFDCE)
                or (>= 0xFDF0 and <= 0xFDFC)
                or (>= 0xFE70 and <= 0xFEFE)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);

    private static bool IsArabic(int value) =>
        value
            is (>= 0x0600 and <= 0x07BF)
                or (>= 0x0860 and <= 0x08FF)
                or (>= 0xFB50 and <= 0xFDFC)
                or (>= 0xFE70 and <= 0xFEFE)
                or (>= 0x10D00 and <= 0x10D3F)
                or (>= 0x10EC0 and <= 0x10EFF)
                or (>= 0x10F30 and <= 0x10F6F)
                or (>= 0x1EC70 and <= 0x1ECBF)
                or (>= 0x1ED00 and <= 0x1ED4F)
                or (>= 0x1EE00 and <= 0x1EEFF);
}
