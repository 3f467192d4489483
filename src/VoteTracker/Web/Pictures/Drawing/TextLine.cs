using System.Numerics;
using System.Text;
using SkiaSharp;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>A line of text, which its anchor puts before, around or after its point.</summary>
/// <param name="point">The point, on the baseline.</param>
/// <param name="style">The style of its first character.</param>
/// <param name="startsAtRight">Whether the start of the line, for its anchor, is at the right.</param>
/// <param name="rightToLeft">The direction of its paragraph.</param>
internal sealed class TextLine(Vector2 point, TextStyle style, bool startsAtRight, bool rightToLeft)
{
    private readonly StringBuilder _text = new();
    private readonly List<Piece> _pieces = [];

    public bool EndsWithSpace => _text[^1] == ' ';

    public string Text => _text.ToString();

    /// <summary>Begins a piece with another style or paint.</summary>
    /// <param name="pieceStyle">Its font.</param>
    /// <param name="shift">How far it is moved from where the line would continue.</param>
    /// <param name="mark">The number of the mark that has its paint.</param>
    public void Begin(TextStyle pieceStyle, Vector2 shift, int mark) =>
        _pieces.Add(
            new Piece(_text.Length, pieceStyle, shift.X, (_pieces.LastOrDefault()?.Depth ?? 0) + shift.Y, mark)
        );

    public void Append(char character) => _text.Append(character);

    /// <summary>Shapes the line, and adds the glyphs of each piece to the builder of its mark.</summary>
    public void Place(Fonts fonts, HarfBuzzSharp.Language language, Func<int, SKTextBlobBuilder> builderOf)
    {
        var line = Text.TrimEnd(' ');
        var runs = Runs(line, fonts);
        var shaped = runs.ConvertAll(run =>
            run.Face?.Shape(line, run.Start..run.End, run.Level % 2 == 1, run.Piece.Style.Size, language) ?? ([], [], 0)
        );
        var x = point.X - Before(shaped.Sum(run => run.Width) + _pieces.Sum(piece => piece.Shift));
        var y = point.Y + Drop(fonts);
        foreach (var i in Bidi.VisualOrder([.. runs.Select(run => run.Level)]))
        {
            var (glyphs, places, width) = shaped[i];
            var piece = runs[i].Piece;
            x += runs[i].Start == piece.Start ? piece.Shift : 0;
            if (glyphs.Length > 0)
            {
                for (var glyph = 0; glyph < places.Length; glyph++)
                {
                    places[glyph].Offset(x, y + piece.Depth);
                }
                using var font = runs[i].Face!.ToFont(piece.Style.Size);
                builderOf(piece.Mark).AddPositionedRun(glyphs, font, places);
            }
            x += width;
        }
    }

    // How much of the line is left of its point.
    private float Before(float width) =>
        (style.Anchor, startsAtRight) switch
        {
            (TextAnchor.Middle, _) => width / 2,
            (TextAnchor.Start, false) or (TextAnchor.End, true) => 0,
            _ => width,
        };

    // How far the alphabetic baseline is below the one that the style names.
    private float Drop(Fonts fonts) =>
        style.Baseline is "auto" or "alphabetic" || fonts.First(style) is not { } face
            ? 0
            : style.Size
                * style.Baseline switch
                {
                    "middle" => face.XHeight / 2,
                    "central" => (face.Ascent - face.Descent) / 2,
                    _ => throw new NotSupportedException($"The baseline {style.Baseline} cannot be drawn as PNG."),
                };

    // Divides the line where the level, the piece or the font changes. The controls of isolates have no glyph.
    private List<Run> Runs(string line, Fonts fonts)
    {
        var levels = Bidi.Levels(line, rightToLeft);
        var runs = new List<Run>();
        var (at, next) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            while (next < _pieces.Count && _pieces[next].Start <= at)
            {
                next++;
            }
            var piece = _pieces[Math.Max(0, next - 1)];
            var last = runs.LastOrDefault();
            var face = IsControl(rune) ? null : FaceOf(rune, piece.Style, last, fonts);
            var end = at + rune.Utf16SequenceLength;
            if (last is not null && last.Face == face && last.Level == levels[at] && last.Piece == piece)
            {
                runs[^1] = last with { End = end };
            }
            else
            {
                runs.Add(new Run(at, end, levels[at], piece, face));
            }
            at = end;
        }
        return runs;
    }

    // Marks, joiners and spaces keep the font of the letter before them, so that they are shaped together.
    private static Face? FaceOf(Rune rune, TextStyle style, Run? last, Fonts fonts)
    {
        var kind = BidiClasses.Of(rune);
        return
            kind is BidiClass.Mark or BidiClass.Space or BidiClass.Ignored
            && last is { Face: { } face }
            && last.Piece.Style == style
            && (kind == BidiClass.Ignored || face.Has(rune))
            ? face
            : fonts.Find(rune, style) ?? fonts.First(style);
    }

    private static bool IsControl(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or < ' ';

    private sealed record Piece(int Start, TextStyle Style, float Shift, float Depth, int Mark);

    private sealed record Run(int Start, int End, byte Level, Piece Piece, Face? Face);
}
