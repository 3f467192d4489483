using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Writes Excel workbooks as XML, so that a test decides each detail of them.</summary>
internal sealed class WorkbookBuilder
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Xml)> _sheets = [];
    private readonly List<string> _shared = [];

    /// <summary>The number of the style of cells that are dates.</summary>
    public const int Date = 1;

    /// <summary>The number of a style with a format of its own for dates.</summary>
    public const int CustomDate = 2;

    /// <summary>Whether days are counted from 1904.</summary>
    public bool Is1904 { get; init; }

    /// <summary>A workbook with one sheet of texts.</summary>
    public static byte[] Of(IEnumerable<IEnumerable<string>> rows) => new WorkbookBuilder().Sheet("List", rows).Save();

    /// <summary>A workbook with one sheet whose cells are XML, such as <see cref="Number"/> returns.</summary>
    public static byte[] OfCells(string merged, params string[][] rows) =>
        new WorkbookBuilder().SheetOfCells("List", merged, rows).Save();

    /// <summary>Adds a sheet of texts, which are shared.</summary>
    public WorkbookBuilder Sheet(string name, IEnumerable<IEnumerable<string>> rows, string state = "visible") =>
        SheetOfCells(name, "", [.. rows.Select(row => row.Select(Shared).ToArray())], state);

    /// <summary>Adds a sheet of cells in XML.</summary>
    public WorkbookBuilder SheetOfCells(string name, string merged, string[][] rows, string state = "visible")
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        foreach (var (i, row) in rows.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{i + 1}\">");
            foreach (var (column, cell) in row.Index())
            {
                if (cell.Length > 0)
                {
                    xml.Append(
                        cell.Replace("<c ", $"<c r=\"{(char)('A' + column)}{i + 1}\" ", StringComparison.Ordinal)
                    );
                }
            }
            xml.Append("</row>");
        }
        xml.Append("</sheetData>");
        if (merged.Length > 0)
        {
            xml.Append("<mergeCells>");
            foreach (var range in merged.Split(' '))
            {
                xml.Append($"<mergeCell ref=\"{range}\"/>");
            }
            xml.Append("</mergeCells>");
        }
        _sheets.Add((name, state, xml.Append("</worksheet>").ToString()));
        return this;
    }

    public static string Text(string text) =>
        $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(string number, int style = 0) => $"<c s=\"{style}\"><v>{number}</v></c>";

    /// <summary>A formula with its last value as a text; none if it was never computed.</summary>
    public static string Formula(string formula, string? value) =>
        value is null
            ? $"<c s=\"0\"><f>{formula}</f></c>"
            : $"<c t=\"str\"><f>{formula}</f><v>{SecurityElement.Escape(value)}</v></c>";

    public static string Error(string error) => $"<c t=\"e\"><f>A1/0</f><v>{error}</v></c>";

    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", ContentTypes());
            Write(
                zip,
                "_rels/.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            Write(zip, "xl/workbook.xml", Workbook());
            Write(zip, "xl/_rels/workbook.xml.rels", WorkbookRelations());
            Write(
                zip,
                "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            );
            Write(
                zip,
                "xl/sharedStrings.xml",
                $"<sst xmlns=\"{Main}\">{string.Concat(_shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>"
            );
            foreach (var (i, sheet) in _sheets.Index())
            {
                Write(zip, $"xl/worksheets/sheet{i + 1}.xml", sheet.Xml);
            }
        }
        return bytes.ToArray();
    }

    private string Shared(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }
        var at = _shared.IndexOf(text);
        if (at < 0)
        {
            at = _shared.Count;
            _shared.Add(text);
        }
        return $"<c t=\"s\"><v>{at}</v></c>";
    }

    private string ContentTypes()
    {
        const string type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        return "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{type}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{type}.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{type}.sharedStrings+xml\"/>"
            + string.Concat(
                _sheets.Select(
                    (_, i) =>
                        $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{type}.worksheet+xml\"/>"
                )
            )
            + "</Types>";
    }

    private string Workbook() =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr date1904=\"{(Is1904 ? 1 : 0)}\"/><sheets>"
        + string.Concat(
            _sheets.Select(
                (sheet, i) =>
                    $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"s{i + 1}\"/>"
            )
        )
        + "</sheets></workbook>";

    private string WorkbookRelations() =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(
            _sheets.Select(
                (_, i) =>
                    $"<Relationship Id=\"s{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"
            )
        )
        + $"<Relationship Id=\"st\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/><Relationship Id=\"ss\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";

    private static void Write(ZipArchive zip, string name, string xml)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{xml}"));
    }
}
