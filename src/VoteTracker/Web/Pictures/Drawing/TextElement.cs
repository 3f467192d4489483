using System.Numerics;
using System.Xml.Linq;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>A `text` with its `tspan`s: reads its lines, and turns it into a `g` with marks in the place of words.</summary>
internal sealed class TextElement
{
    // Silently ignored, they would make the PNG differ from the SVG.
    private static readonly string[] NotDrawn =
    [
        "textLength",
        "letter-spacing",
        "word-spacing",
        "rotate",
        "writing-mode",
        "text-decoration",
    ];

    private readonly TextStyle _style;
    private readonly Func<XNamespace, (int Number, XElement Mark)> _addMark;
    private readonly bool _rightToLeft;
    private readonly List<TextLine> _lines = [];
    private Vector2 _point;
    private Vector2 _shift;
    private bool _beginsLine = true;

    public TextElement(TextStyle style, XElement text, Func<XNamespace, (int Number, XElement Mark)> addMark)
    {
        _style = style;
        _addMark = addMark;
        _rightToLeft =
            text.Attribute("unicode-bidi")?.Value == "plaintext" ? Bidi.IsRightToLeft(text.Value) : style.RightToLeft;
        Read(text, style);
    }

    public IReadOnlyList<TextLine> Lines => _lines;

    private void Read(XElement element, TextStyle style)
    {
        if (element.Attribute("display")?.Value == "none")
        {
            element.RemoveNodes();
        }
        if (NotDrawn.FirstOrDefault(name => element.Attribute(name) is not null) is { } name)
        {
            throw new NotSupportedException($"The attribute {name} of a text cannot be drawn as PNG.");
        }
        Move(element, style.Size);
        var isolate = element.Name.LocalName == "text" ? null : Isolate(element);
        AppendControl(isolate);
        foreach (var node in element.Nodes().ToList())
        {
            switch (node)
            {
                case XText words:
                    Replace(words, style, element.Name.Namespace);
                    break;
                case XElement { Name.LocalName: "tspan" or "a" } inner:
                    Read(inner, style.With(inner));
                    break;
                case XElement { Name.LocalName: not ("title" or "desc") } other:
                    throw new NotSupportedException($"<{other.Name.LocalName}> in a text cannot be drawn as PNG.");
            }
        }
        AppendControl(isolate is null ? null : '\u2069');
        element.Name = element.Name.Namespace + "g";
    }

    private void Move(XElement element, float em)
    {
        float? Of(string name) => element.Attribute(name) is { } a ? TextStyle.Length(a.Value, em) : null;
        var y = Of("y");
        if (Of("x") is { } x)
        {
            _point = new Vector2(x, y ?? _point.Y);
            _shift = default;
            _beginsLine = true;
        }
        else if (y is not null)
        {
            _shift.Y += y.Value - _point.Y;
            _point.Y = y.Value;
        }
        var dy = Of("dy") ?? 0;
        _shift.X += Of("dx") ?? 0;
        _shift.Y += dy;
        _point.Y += dy;
    }

    // Spaces and line ends are one space, and none at the begin of a line.
    private void Replace(XText words, TextStyle style, XNamespace svg)
    {
        XElement? mark = null;
        foreach (var character in words.Value)
        {
            var isSpace = character is ' ' or '\n' or '\r' or '\t';
            if (isSpace && (_beginsLine || _lines[^1].EndsWithSpace))
            {
                continue;
            }
            if (mark is null)
            {
                (var number, mark) = _addMark(svg);
                Begin(style, number);
            }
            _lines[^1].Append(isSpace ? ' ' : character);
        }
        words.AddBeforeSelf(mark);
        words.Remove();
    }

    private void Begin(TextStyle style, int mark)
    {
        if (_beginsLine)
        {
            // The vertical shift is in the point already.
            _lines.Add(
                new TextLine(new Vector2(_point.X + _shift.X, _point.Y), style, _style.RightToLeft, _rightToLeft)
            );
            (_beginsLine, _shift) = (false, default);
        }
        _lines[^1].Begin(style, _shift, mark);
        _shift = default;
    }

    private void AppendControl(char? control)
    {
        if (control is not null && !_beginsLine)
        {
            _lines[^1].Append(control.Value);
        }
    }

    private static char? Isolate(XElement element) =>
        element.Attribute("unicode-bidi")?.Value switch
        {
            "plaintext" => '\u2068',
            "isolate" or "embed" => element.Attribute("direction")?.Value == "rtl" ? '\u2067' : '\u2066',
            _ => null,
        };
}
