using System.Collections.Frozen;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>The styles of the cells of a spreadsheet, and the attributes that give a cell its style and its type.</summary>
internal static class SheetStyles
{
    /// <summary>The style of a cell without one.</summary>
    public const int Default = 0;

    /// <summary>Bold text.</summary>
    public const int Bold = 1;

    /// <summary>Text over several lines.</summary>
    public const int Wrapped = 5;

    private const int FirstFill = 7;
    private const string Text = " t=\"inlineStr\"";

    // A cell is a number unless its attributes say otherwise.
    public const string General = "";
    public const string Plain = Text;
    public const string Heading = " s=\"1\"" + Text;
    public const string Day = " s=\"2\"";
    public const string Moment = " s=\"3\"";
    public const string Share = " s=\"4\"";
    public const string Truth = " t=\"b\"";

    /// <summary>A name. Its letters become smaller if it is longer than the column.</summary>
    public const string Name = " s=\"6\"" + Text;

    // Pale, so that the word is readable on the colour, also in a print without colours.
    private static readonly (string Word, string Colour)[] Fills =
    [
        ("yes", "D3EEE2"),
        ("no", "F7DAD6"),
        ("abstain", "F8E9BE"),
        ("undecided", "DCE3F5"),
        ("absent", "E2E6EA"),
        ("non-voting", "E2E6EA"),
        ("unknown", "F2F4F6"),
    ];

    private static readonly string[] Formats = [@"yyyy\-mm\-dd", @"yyyy\-mm\-dd\ hh:mm:ss", "0.0000"];

    /// <summary>The attributes of a cell with a position or a vote, by its word.</summary>
    public static FrozenDictionary<string, string> Positions { get; } =
        Fills
            .Select((fill, i) => (fill.Word, Attributes: $" s=\"{FirstFill + i}\"{Text}"))
            .ToFrozenDictionary(style => style.Word, style => style.Attributes, StringComparer.Ordinal);

    /// <summary>The style sheet (ECMA-376, part 1, 18.8). The order of the cell formats is that of the numbers above.</summary>
    public static string Xml { get; } = Create();

    private static string Create()
    {
        // The first two fills are fixed.
        var fills = Fills
            .Select(fill => $"<patternFill patternType=\"solid\"><fgColor rgb=\"FF{fill.Colour}\"/></patternFill>")
            .Prepend("<patternFill patternType=\"gray125\"/>")
            .Prepend("<patternFill patternType=\"none\"/>");
        var cells = new List<string>
        {
            Cell(),
            Cell(font: 1),
            Cell(format: 164),
            Cell(format: 165),
            Cell(format: 166),
            Cell(alignment: "vertical=\"top\" wrapText=\"1\""),
            Cell(alignment: "shrinkToFit=\"1\""),
        };
        cells.AddRange(Fills.Select((_, i) => Cell(fill: 2 + i)));
        return $"<styleSheet xmlns=\"{Workbook.Main}\">"
            + List("numFmts", Formats.Select((code, i) => $"<numFmt numFmtId=\"{164 + i}\" formatCode=\"{code}\"/>"))
            + List("fonts", ["<font><sz val=\"11\"/><name val=\"Calibri\"/></font>", BoldFont])
            + List("fills", fills.Select(fill => $"<fill>{fill}</fill>"))
            + List("borders", ["<border><left/><right/><top/><bottom/><diagonal/></border>"])
            + List("cellStyleXfs", ["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"])
            + List("cellXfs", cells)
            + List("cellStyles", ["<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"])
            + "</styleSheet>";
    }

    private const string BoldFont = "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>";

    private static string Cell(int format = 0, int font = 0, int fill = 0, string alignment = "")
    {
        var applied =
            (format == 0 ? "" : " applyNumberFormat=\"1\"")
            + (font == 0 ? "" : " applyFont=\"1\"")
            + (fill == 0 ? "" : " applyFill=\"1\"")
            + (alignment.Length == 0 ? "" : " applyAlignment=\"1\"");
        var xf = $"<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\"{applied}";
        return alignment.Length == 0 ? $"{xf}/>" : $"{xf}><alignment {alignment}/></xf>";
    }

    private static string List(string name, IEnumerable<string> items)
    {
        var all = items.ToList();
        return $"<{name} count=\"{all.Count}\">{string.Concat(all)}</{name}>";
    }
}
