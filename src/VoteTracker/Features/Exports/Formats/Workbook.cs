using System.IO.Compression;
using System.Text;
using System.Xml;
using VoteTracker.Features.Exports.Packages;

namespace VoteTracker.Features.Exports.Formats;

/// <summary>
/// The parts of a spreadsheet except its rows (ECMA-376, SpreadsheetML). They are written by hand, because DocumentFormat.OpenXml
/// reads back what it wrote and so needs the whole file in memory. Here rows are sent while others are still read.
/// </summary>
internal static class Workbook
{
    /// <summary>The maximum number of rows of a sheet, including the header.</summary>
    public const int MostRows = 1_048_576;

    /// <summary>The maximum number of columns of a sheet.</summary>
    public const int MostColumns = 16_384;

    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly int[] ReadmeWidths = [28, 10, 40, 12, 36, 90];

    // The bytes do not depend on the time at which they are written.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes everything except the first sheet, whose rows follow.</summary>
    public static void WriteParts(ZipArchive zip, Table table)
    {
        Write(
            zip,
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="{Types}worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}styles+xml"/></Types>
            """
        );
        Write(
            zip,
            "_rels/.rels",
            $"""
            <Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        );
        Write(
            zip,
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{table.Name}" sheetId="1" r:id="rId1"/><sheet name="README" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'{table.Name}'!$1:$1</definedName></definedNames></workbook>
            """
        );
        Write(
            zip,
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """
        );
        Write(zip, "xl/styles.xml", SheetStyles.Xml);
        using var readme = Part(zip, "xl/worksheets/sheet2.xml");
        WriteReadme(readme, table);
    }

    /// <summary>The name of a column, the first being 1: A, B, … Z, AA, …</summary>
    public static string NameOf(int column) =>
        column == 0 ? "" : NameOf((column - 1) / 26) + (char)('A' + ((column - 1) % 26));

    /// <summary>Opens a part for writing. Only one can be open.</summary>
    public static Stream Part(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = FixedTime;
        return entry.Open();
    }

    private static void WriteReadme(Stream stream, Table table)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        xml.WriteStartElement("cols", Main);
        foreach (var (i, width) in ReadmeWidths.Index())
        {
            xml.WriteStartElement("col", Main);
            xml.WriteAttributeString("min", $"{i + 1}");
            xml.WriteAttributeString("max", $"{i + 1}");
            xml.WriteAttributeString("width", $"{width}");
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        var (plain, bold, wrapped) = ($"{SheetStyles.Default}", $"{SheetStyles.Bold}", $"{SheetStyles.Wrapped}");
        IReadOnlyList<(string Style, string[] Texts)> rows =
        [
            (bold, [table.Name]),
            (plain, [table.Description]),
            (
                plain,
                [
                    $"Sorted by {table.Order}. Days are days in New York, moments are UTC. An empty cell means not known, or none.",
                ]
            ),
            (plain, [$"Terms: {TermsOfUse.ForOwner(table.Owner).Title}."]),
            (plain, []),
            (bold, ["column", "type", "words", "unit", "source", "description"]),
            .. table.Columns.Select(c =>
                (
                    wrapped,
                    (string[])[c.Name, c.Type.Name(), string.Join(", ", c.Words), c.Unit, c.Source, c.Description]
                )
            ),
        ];
        foreach (var (i, row) in rows.Index())
        {
            WriteRow(xml, i + 1, row.Style, row.Texts);
        }
        xml.WriteEndElement();
        xml.WriteRaw("<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>");
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int number, string style, IReadOnlyList<string> texts)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", $"{number}");
        foreach (var (i, text) in texts.Index())
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", $"{NameOf(i + 1)}{number}");
            xml.WriteAttributeString("s", style);
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Main);
            xml.WriteElementString("t", Main, text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Write(ZipArchive zip, string name, string content)
    {
        using var part = Part(zip, name);
        part.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"u8);
        part.Write(Encoding.UTF8.GetBytes(content));
    }
}
