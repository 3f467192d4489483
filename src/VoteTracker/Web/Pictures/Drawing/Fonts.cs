using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>The fonts of the system, found through fontconfig at first use and kept as long as the process.</summary>
internal sealed class Fonts
{
    public static Fonts OfSystem { get; } = new();

    // Each place has one entry, also if no font was found.
    private const int MaxFallbacks = 8_192;

    // After the families that the picture names. "SC" has the glyphs of simplified Chinese; fontconfig alone would
    // choose the Japanese ones.
    private static readonly string[] Preferred = ["Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "DejaVu Sans"];

    private static readonly (string Language, Rune Example, Func<Rune, bool> Includes)[] Scripts =
    [
        ("Latin", new('A'), r => r.Value is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')),
        ("Russian", new('\u0416'), r => r.Value is >= 0x0400 and <= 0x04FF),
        ("Arabic", new('\u0639'), r => r.Value is >= 0x0620 and <= 0x064A),
        ("Chinese", new('\u56FD'), r => r.Value is >= 0x4E00 and <= 0x9FFF),
    ];

    private readonly ConcurrentDictionary<(string Family, int Weight, bool Italic), Face?> _families = new();
    private readonly ConcurrentDictionary<(int Rune, int Weight, bool Italic), Face?> _fallbacks = new();

    /// <summary>The face for a character: of the first family that has it, else the one that fontconfig proposes.</summary>
    public Face? Find(Rune rune, TextStyle style)
    {
        foreach (var family in style.Families)
        {
            if (Family(family, style) is { } face && face.Has(rune))
            {
                return face;
            }
        }
        foreach (var family in Preferred)
        {
            if (Family(family, style) is { } face && face.Has(rune))
            {
                return face;
            }
        }
        return Fallback(rune, style);
    }

    /// <summary>The face of the first family, for the metrics of a line.</summary>
    public Face? First(TextStyle style) =>
        style
            .Families.Concat(Preferred)
            .Select(family => Family(family, style))
            .FirstOrDefault(face => face is not null)
        ?? Fallback(new Rune('x'), style);

    /// <summary>The languages of a text for which the system has no font. A single rare character counts for none.</summary>
    public IEnumerable<string> MissingFor(IEnumerable<char> text)
    {
        var runes = text.Where(c => !char.IsSurrogate(c)).Distinct().Select(c => new Rune(c)).ToList();
        return Scripts
            .Where(script => runes.Any(script.Includes) && Find(script.Example, TextStyle.Default) is null)
            .Select(script => script.Language);
    }

    private Face? Family(string name, TextStyle style) =>
        _families.GetOrAdd(
            (name, style.Weight, style.Italic),
            static key => Face.From(SKFontManager.Default.MatchFamily(key.Family, StyleOf(key.Weight, key.Italic)))
        );

    private Face? Fallback(Rune rune, TextStyle style)
    {
        var key = (rune.Value, style.Weight, style.Italic);
        if (_fallbacks.TryGetValue(key, out var known))
        {
            return known;
        }
        // Not disposed of: Skia returns the same object for the same font.
        var found = SKFontManager.Default.MatchCharacter(null, StyleOf(style.Weight, style.Italic), ["en"], rune.Value);
        var face = found is null ? null : Family(found.FamilyName, style);
        face = face?.Has(rune) == true ? face : null;
        if (_fallbacks.Count < MaxFallbacks)
        {
            _fallbacks.TryAdd(key, face);
        }
        return face;
    }

    private static SKFontStyle StyleOf(int weight, bool italic) =>
        new(weight, (int)SKFontStyleWidth.Normal, italic ? SKFontStyleSlant.Italic : SKFontStyleSlant.Upright);
}
